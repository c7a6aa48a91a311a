"""The portal's settings with one address more: a bare view to stand beside the pages."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "tools.bench.urls"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
