"""Where things are kept: everything under var/, except what a system user or a short path must reach."""

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from .say import Problem

ROOT = Path(__file__).resolve().parents[2]
NAME = "yugongtong"

# Bytes. sockaddr_un holds 108 on Linux and 104 on macOS; the margin is for `.s.PGSQL.5432`.
LONGEST_SOCKET_FOLDER = 80
_PLAIN = re.compile(r"[A-Za-z0-9/._-]+")


@dataclass(frozen=True)
class Places:
    """The folders of one checkout (or of one throw-away stack inside it)."""

    var: Path
    servers: Path
    sockets: Path
    programs: Path  # copies of the servers' programs, shared by all stacks

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def run_lock(self) -> Path:
        """Held by the one `run` of this checkout."""
        return self.var / "run.lock"

    @property
    def servers_lock(self) -> Path:
        """Held by the one command that started this checkout's servers."""
        return self.var / "servers.lock"

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"


def is_root() -> bool:
    return os.geteuid() == 0


def main_places() -> Places:
    """Make and return the folders of this checkout."""
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()
    _make(var / "log")
    servers = _home_for_nobody(short_hash(var)) if is_root() else var
    return Places(var=var, servers=servers, sockets=socket_folder(servers / "run"), programs=servers)


def throwaway_places(main: Places, name: str) -> Places:
    """Make and return the folders of a stack that is deleted after use, beside the main one."""
    var = main.var / "throwaway" / name
    servers = main.servers / "throwaway" / name if is_root() else var
    _make(var / "log")
    _make(servers)
    if is_root():
        for folder in (servers, servers.parent):
            folder.chmod(0o711)
    return Places(var=var, servers=servers, sockets=socket_folder(servers / "run"), programs=main.programs)


def short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def socket_folder(wanted: Path) -> Path:
    """Return `wanted`, or a short folder under /tmp when its path is too long or too odd for a socket URL."""
    if len(os.fsencode(wanted)) <= LONGEST_SOCKET_FOLDER and _PLAIN.fullmatch(str(wanted)):
        return wanted
    return Path("/tmp") / f"{NAME}-{os.geteuid()}-{short_hash(wanted)}"


def make_private(folder: Path) -> None:
    """Make a folder that only we may enter; refuse one that another user laid out for us in /tmp."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise Problem(f"{folder} belongs to another user; remove it and try again.")
    folder.chmod(0o700)


def let_others_read(folder: Path) -> None:
    """Open a tree of programs to every user, whatever the umask was that it was installed under."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if mode & stat.S_IXUSR else 0o044))


def _home_for_nobody(name: str) -> Path:
    """Return the folder under /var/tmp where `nobody` runs the servers, because PostgreSQL refuses root."""
    home = Path("/var/tmp") / f"{NAME}-{name}"
    make_private(home)
    # Others may pass through to what they own, and list nothing.
    home.chmod(0o711)
    return home


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".writable").touch()
        (folder / ".writable").unlink()
    except OSError as error:
        raise Problem(
            f"Cannot write to {folder} ({error.strerror}). "
            "Use a checkout of your own, or give this one to the user who runs it."
        ) from None
