"""The portal's own processes: web, worker, beat and the outbox, and what must be done before they start."""

import http.client
import multiprocessing
import os
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from . import environment, processes
from .places import ROOT, Places
from .say import Problem

HOST = "127.0.0.1"
# Without query and referer: officials search by ID number and phone.
ACCESS_LINE = '%(t)s "%(m)s %(U)s" %(s)s %(b)s %(L)s'
READY_WITHIN = 90  # seconds


def refuse_busy_port(port: int) -> None:
    """Raise a sentence when something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Problem(busy_port_message(port, error.strerror)) from None


def busy_port_message(port: int, reason: str) -> str:
    other = port + 1 if port < 65535 else environment.DEFAULT_PORT
    return (
        f"Port {port} cannot be used ({reason}). Choose another one: PORT={other} make run\n"
        f"端口 {port} 不可用，请换一个端口。"
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Portal:
    """How to run Django's side of one stack."""

    places: Places
    python: Path
    env: Mapping[str, str]
    port: int

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}/"

    @property
    def is_demo(self) -> bool:
        """The demo's people exist only where DEBUG is on."""
        return environment.is_on(self.env.get("DEBUG"))

    def manage(self, *words: str, failing: str) -> None:
        processes.run_quietly(
            [self.python, ROOT / "manage.py", *words],
            env=self.env,
            log=self.places.log("prepare"),
            failing=failing,
        )

    def prepare(self) -> None:
        """Bring the schema up to date, and the demo's people in, where this is a demo."""
        self.manage("migrate", "--no-input", failing="The database could not be brought up to date:")
        if self.is_demo:
            self.seed()
        else:
            self.manage("collectstatic", "--no-input", failing="The static files could not be collected:")

    def seed(self) -> None:
        """Load the demo people; the command skips what is there."""
        workers = str(environment.demo_workers())
        self.manage("seed_demo", "--workers", workers, "--seed", "1", failing="The demo people could not be loaded:")

    def commands(self) -> dict[str, list[str | Path]]:
        """Return the command line of every process, the web first: it is the one that people wait for."""
        celery = [self.python, "-m", "celery", "-A", "portal"]
        lonely = ["--without-gossip", "--without-mingle", "--concurrency", "2", "--pool", _celery_pool()]
        return {
            "web": [self.python, "-m", "gunicorn", *self._gunicorn(), "portal.wsgi:application"],
            "worker": [*celery, "worker", "--loglevel", "INFO", *lonely],
            "beat": [
                *celery,
                "beat",
                "--loglevel",
                "INFO",
                "--pidfile=",
                "--schedule",
                self.places.var / "beat-schedule",
            ],
            "outbox": [self.python, ROOT / "manage.py", "drain_outbox", "--forever"],
        }

    def _gunicorn(self) -> list[str]:
        workers = max(2, min(4, (os.cpu_count() or 2) // 2))
        heartbeat = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []
        return [
            *("--bind", f"{HOST}:{self.port}", "--workers", str(workers), "--threads", "4", "--preload"),
            *("--graceful-timeout", "5", "--no-control-socket", *heartbeat),
            *("--access-logfile", "-", "--access-logformat", ACCESS_LINE),
        ]

    def wait_until_ready(self, watch: Callable[[], None]) -> None:
        """Wait for /readyz, and look after the processes meanwhile."""
        deadline = time.monotonic() + READY_WITHIN
        while not self._is_ready():
            watch()
            if time.monotonic() > deadline:
                said = processes.tail(self.places.log("web"))
                raise Problem(f"The portal did not answer within {READY_WITHIN} seconds:\n{said}")
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        hosts = [host for host in self.env.get("ALLOWED_HOSTS", "").split(",") if host and host[0] not in ".*"]
        line = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            line.request("GET", "/readyz", headers={"Host": hosts[0]} if hosts else {})
            return line.getresponse().status < 400
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()


def _celery_pool() -> str:
    """Return Celery's process pool, or threads where the system offers no semaphores (no /dev/shm)."""
    try:
        multiprocessing.Semaphore()
    except OSError:
        return "threads"
    return "prefork"
