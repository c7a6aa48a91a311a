"""The environment of the children: secrets made once, addresses of the servers, and nothing by accident."""

import base64
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from .say import Problem

# Names that the portal reads (docs/contract.md). Tests run without those of the person's shell.
PORTAL_NAMES = (
    "PORT",
    "SECRET_KEY",
    "FIELD_KEYS",
    "BLIND_INDEX_KEY",
    "RECEIPT_KEYS",
    "ALLOWED_HOSTS",
    "DEBUG",
    "TRUSTED_PROXIES",
    "DEMO_WORKERS",
    "SMS_SINK",
    "VAR_DIR",
)
# Names that older checkouts lack and may draw at any time: no data is lost by it.
DRAWN_LATER = ("RECEIPT_KEYS",)
DEFAULT_PORT = 8000
DEFAULT_DEMO_WORKERS = 20_000


def parse(text: str) -> dict[str, str]:
    """Read NAME=value lines; blank lines and comments are skipped."""
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, equals, value in pairs if equals}


def is_on(value: str | None) -> bool:
    return (value or "").strip().lower() in {"1", "true", "yes", "on", "y", "t", "ok"}


def whole_number(name: str, default: int, *, lowest: int, highest: int) -> int:
    """Read a number from the environment, or say which one cannot be used."""
    text = os.environ.get(name, "").strip() or str(default)
    if not re.fullmatch(r"[0-9]{1,9}", text) or not lowest <= int(text) <= highest:
        raise Problem(f"{name}={text} is not a whole number from {lowest} to {highest}.")
    return int(text)


def port() -> int:
    return whole_number("PORT", DEFAULT_PORT, lowest=1, highest=65535)


def demo_workers() -> int:
    return whole_number("DEMO_WORKERS", DEFAULT_DEMO_WORKERS, lowest=0, highest=20_000_000)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def new_secrets() -> dict[str, str]:
    """Draw the secrets of one checkout. STACK ties the data to them: other keys could not read it."""
    return {
        "DEBUG": "1",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": f"dev1:{_key()}",
        "BLIND_INDEX_KEY": _key(),
        "RECEIPT_KEYS": f"dev1:{_key()}",
        "STACK": secrets.token_hex(4),
    }


def dev_secrets(var: Path) -> dict[str, str]:
    """Return the secrets of var/dev.env, drawing them the first time."""
    path = var / "dev.env"
    if not path.exists():
        lines = [f"{name}={value}\n" for name, value in new_secrets().items()]
        draft = path.with_suffix(f".{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("# Made by tools/dev.py for this checkout only. Delete it to start afresh.\n")
            file.writelines(lines)
        draft.rename(path)
    found = parse(path.read_text())
    drawn = new_secrets()
    if added := {name: drawn[name] for name in DRAWN_LATER if name not in found} if "STACK" in found else {}:
        with path.open("a") as file:
            file.writelines(f"{name}={value}\n" for name, value in added.items())
        found |= added
    if missing := drawn.keys() - set(DRAWN_LATER) - found.keys():
        raise Problem(f"{path} lacks {', '.join(sorted(missing))}; delete it to start afresh.")
    return found


def for_children(settings: Mapping[str, str], *, keep_portal_names: bool = True) -> dict[str, str]:
    """Return the shell's environment over `settings`, fit for Python on any locale."""
    shell = dict(os.environ)
    if not keep_portal_names:
        for name in PORTAL_NAMES:
            shell.pop(name, None)
    # An empty variable means "not set", as in `DATABASE_URL= make run`.
    shell = {name: value for name, value in shell.items() if value or name not in settings}
    for name in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE"):
        shell.pop(name, None)
    return {**settings, **shell, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
