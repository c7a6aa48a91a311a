"""The virtual environment: made from requirements.txt, and made again only when that file changes."""

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from . import processes
from .locks import Lock
from .places import ROOT, Places
from .say import Problem, say

REQUIREMENTS = ROOT / "requirements.txt"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def fingerprint() -> str:
    """Tell one set of requirements, on one Python, from another."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return hashlib.sha256(REQUIREMENTS.read_bytes() + version.encode()).hexdigest()


def is_ready() -> bool:
    """Tell whether the environment holds these requirements and its Python still starts."""
    stamp = VENV / "made-from"
    if not stamp.exists() or stamp.read_text().strip() != fingerprint():
        return False
    try:
        return subprocess.run([PYTHON, "-c", ""], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def ensure(places: Places) -> Path:
    """Make the environment when it is not ready; return its Python."""
    if is_ready():
        return PYTHON
    lock = Lock(places.var / "venv.lock")
    if lock.holder() is not None:
        say("Another command is installing the Python packages; waiting for it …")
    if not lock.take(patience=600):
        raise Problem(
            "Another command has been installing the Python packages for ten minutes; see var/log/install.log."
        )
    try:
        if not is_ready():
            _refuse_under_a_running_portal(places)
            _make(places.log("install"))
    finally:
        lock.release()
    return PYTHON


def _refuse_under_a_running_portal(places: Places) -> None:
    runner = Lock(places.run_lock).holder()
    if runner is not None and runner.get("pid") != os.getpid():
        raise Problem("requirements.txt has changed: stop the running portal first, then start it again.")


def _make(log: Path) -> None:
    if importlib.util.find_spec("ensurepip") is None:
        raise Problem(
            "Python's venv module is missing. Debian, Ubuntu: sudo apt-get install python3-venv\n"
            "缺少 Python 的 venv 模块，请先安装 python3-venv。"
        )
    say("Installing the Python packages into .venv (once; about half a minute) · 正在安装依赖 …")
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    processes.run_quietly(
        [sys.executable, "-m", "venv", "--clear", VENV],
        env=env,
        log=log,
        failing="The virtual environment .venv could not be made:",
    )
    processes.run_quietly(
        [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--only-binary=:all:", "-r", REQUIREMENTS],
        env=env,
        log=log,
        failing="The Python packages could not be installed. Is the package index reachable? "
        "(A mirror is named with PIP_INDEX_URL.)",
    )
    (VENV / "made-from").write_text(fingerprint())
