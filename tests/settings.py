"""The portal's settings for tests: demo keys, fast password hashing, broken templates that raise."""

import os

os.environ.setdefault("DEBUG", "1")

from portal.settings import *  # noqa: F403
from portal.settings import TEMPLATES

# Tests collect no static files; look for each where it lies.
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class _Undefined(str):
    """Stands for an undefined template variable and refuses to be printed."""

    def __mod__(self, missing: object) -> str:
        raise AssertionError(f"undefined template variable {missing!s}")

    def __contains__(self, item: object) -> bool:
        return item == "%s" or super().__contains__(item)


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Undefined("%s")
