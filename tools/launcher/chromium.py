"""Find the Chromium that the browser tests drive, and get one where that is possible."""

import functools
import os
import shutil
import subprocess
from pathlib import Path

from .say import say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk")
HOW_TO_GET_ONE = (
    "Debian, Ubuntu: sudo apt-get install chromium fonts-noto-cjk; elsewhere install Google Chrome; "
    "or name one with CHROMIUM=/path/to/chromium."
)


def _candidates() -> list[str]:
    """List programs that may be a Chromium, the explicit one first, Playwright's own last."""
    named = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in NAMES)]
    downloads = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    own = sorted(downloads.glob("chromium*/chrome-*/*chrome*"), reverse=True)
    own = [str(path) for path in own if path.name in {"chrome", "chrome-headless-shell", "headless_shell"}]
    return [path for path in named if path] + own


def _starts(path: str) -> bool:
    """Tell whether the program runs here: a snap stub or a missing system library says no."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


@functools.cache
def find() -> str | None:
    """Return the path of a Chromium that starts, or None."""
    return next((path for path in _candidates() if _starts(path)), None)


def ensure(python: Path, log: Path) -> str | None:
    """Return a Chromium, installing one where that needs no question; None where none is to be had."""
    if path := find():
        return path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"No Chromium: installing {' and '.join(PACKAGES)} with apt-get …")
        _try(["apt-get", "update", "-q"], log)
        _try(["apt-get", "install", "-qy", "--no-install-recommends", *PACKAGES], log)
    else:
        say("No Chromium: trying Playwright's own download …")
        _try([str(python), "-m", "playwright", "install", "chromium"], log)
    find.cache_clear()
    return find()


def _try(argv: list[str], log: Path) -> None:
    """Run an installation that is allowed to fail; what it said goes to the log."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with log.open("ab") as out:
        try:
            subprocess.run(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                timeout=600,
                check=False,
                env=environment,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            out.write(f"{argv[0]}: {error}\n".encode())
