"""gunicorn on loopback, and a client that asks it: real sockets, real processes, the portal's own settings."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
WEB_PROCESSES = 2
CLIENT_THREADS = 4
READY_WITHIN = 30  # seconds
ENOUGH = 5.0  # seconds spent on one slow page
NEVER = 60.0  # seconds that an answer counts which did not come
_ROOT = Path(__file__).resolve().parents[2]


class Failed(Exception):
    """The server did not start, or answered something else than 200."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def running(**more: str) -> Iterator[int]:
    """Start gunicorn with `more` in its environment, yield its port, stop it."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whitenoise warns of a missing folder
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{port}", "--workers", str(WEB_PROCESSES)]
    command += ["--threads", "4", "--keep-alive", "5", "--log-level", "warning", "tools.bench.wsgi:application"]
    env = {**os.environ, "LOG_LEVEL": "ERROR", "BENCH_SERVES": "1", **more}
    server = subprocess.Popen(command, cwd=_ROOT, env=env)
    try:
        _wait(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while server.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Failed("gunicorn did not start")


def _ask(line: http.client.HTTPConnection, path: str, cookie: str = "") -> float:
    """Seconds from sending the request to the last byte of the answer."""
    started = time.perf_counter()
    line.request("GET", path, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise Failed(f"{path} answered {answer.status} after {time.perf_counter() - started:.1f} s")
    return time.perf_counter() - started


def latencies(port: int, paths: list[str], number: int, *, cookie: str = "", warm: int | None = None) -> list[float]:
    """One request after the other, after each path (or the first `warm`) has been asked once."""
    line = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        for path in paths[:warm]:
            _ask(line, path, cookie)
        return [_ask(line, paths[n % len(paths)], cookie) for n in range(number)]
    finally:
        line.close()


def patient_latencies(port: int, path: str, number: int, *, cookie: str) -> list[float]:
    """Of a page that may be slow: fewer requests when they take long, and `NEVER` when the server gives up."""
    began, taken = time.perf_counter(), []
    try:
        latencies(port, [path], 0, cookie=cookie)
        while len(taken) < number and (len(taken) < 2 or time.perf_counter() - began < ENOUGH):
            taken += latencies(port, [path], 1, cookie=cookie, warm=0)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return [NEVER]
    return taken


def requests_per_second(port: int, paths: list[str], for_seconds: float) -> float:
    """Several clients at once, each on its own connection, for a fixed time."""
    counts, failures = [0] * CLIENT_THREADS, []
    end = time.perf_counter() + for_seconds

    def client(number: int) -> None:
        line = http.client.HTTPConnection(HOST, port, timeout=30)
        try:
            while time.perf_counter() < end:
                _ask(line, paths[(counts[number] + number) % len(paths)])
                counts[number] += 1
        except (Failed, OSError, http.client.HTTPException) as failure:
            failures.append(failure)
        finally:
            line.close()

    started = time.perf_counter()
    threads = [threading.Thread(target=client, args=(n,)) for n in range(CLIENT_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise Failed(str(failures[0]))
    return sum(counts) / (time.perf_counter() - started)
