"""The environment, and the development keys that may never be used when DEBUG is off."""

from collections.abc import Iterable
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.Env()

# Off unless asked for: a forgotten variable must not open a demo in production.
DEBUG = env.bool("DEBUG", default=False)

# Public, so worth nothing; used only with DEBUG on, so that a checkout works at once.
DEV_SECRET_KEY = "dev-only-" + "0" * 50
DEV_FIELD_KEYS = "dev:ZGV2LW9ubHktZmllbGQta2V5LTAwMDAwMDAwMDAwMDA="
DEV_RECEIPT_KEYS = "dev:ZGV2LW9ubHktcmVjZWlwdC1rZXktMDAwMDAwMDAwMDA="
DEV_BLIND_INDEX_KEY = "ZGV2LW9ubHktYmxpbmQtaW5kZXgta2V5LTAwMDAwMDA="


def secret(name: str, *, dev: str) -> str:
    """Return the variable `name`; its development value only when DEBUG is on.

    Raises `ImproperlyConfigured` when it is missing in production, or set there to the published value.
    """
    if DEBUG:
        return env.str(name, default=dev)
    value = env.str(name)
    if value == dev:
        raise ImproperlyConfigured(f"{name} is the published development value; set one of your own.")
    return value


def origins(hosts: Iterable[str]) -> list[str]:
    """The origins whose forms are trusted, for Django's way of writing hosts.

    ".example.com" means a domain with all below it, which an origin writes https://*.example.com; "*" trusts nobody.
    """
    return [f"https://{'*' if host.startswith('.') else ''}{host}" for host in hosts if host not in {"", "*"}]
