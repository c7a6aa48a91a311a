"""`registry.register`: people who register by phone, from the first page to name and ID number in the registry.

Each asks for a code, signs in and saves: six requests over HTTP against gunicorn with two processes. gunicorn,
PostgreSQL and the outbox, which sends the codes, are kept to two cores; who asks runs on the others, and where that
was at its own limit, there is no figure.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workers.demo import numbers

from .. import cores, registering, server
from ..rows import Row, Target
from ..stage import Stage

TARGET = Target(50, "at least")
CORES = 2
SECONDS, WARM_SECONDS = 20, 4
MOST_BUSY = 0.8  # of the one core that a Python process can use
PEOPLE = 4_000
_ROOT = Path(__file__).resolve().parents[3]
_BARE = f"registrations/s if each of the {registering.REQUESTS} requests were a view with one query"


def newcomers(stage: Stage) -> list[tuple[str, str, str]]:
    """Phone, name and ID number of people who are in no population: the last chunk that the numbers allow."""
    columns = stage.generator.draw(numbers.CHUNKS - 1, PEOPLE)
    return list(zip(*(columns[name].tolist() for name in ("mobile", "full_name", "id_number")), strict=True))


@contextmanager
def _outbox() -> Iterator[None]:
    env = {**os.environ, "BENCH_SERVES": "1"}  # without DEBUG, which would note every query
    drain = subprocess.Popen([sys.executable, _ROOT / "manage.py", "drain_outbox", "--forever"], cwd=_ROOT, env=env)
    try:
        yield
    finally:
        drain.terminate()
        drain.wait(timeout=20)


def _ask(port: int, people: list[tuple[str, str, str]], for_seconds: float) -> dict:
    command = [sys.executable, "-m", "tools.bench.registering"]
    told = json.dumps({"port": port, "seconds": for_seconds, "people": people})
    answer = subprocess.run(
        command,
        cwd=_ROOT,
        input=told,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: cores.elsewhere(CORES),
    )
    found = json.loads(answer.stdout)
    if found["failures"]:
        raise server.Failed(found["failures"][0])
    if found["busy"] > MOST_BUSY:
        raise server.Failed(f"who asks took {found['busy']:.0%} of a core: this is its limit, not the server's")
    return found


def measure(stage: Stage) -> Iterator[Row]:
    people = newcomers(stage)
    with cores.first(CORES) as pinned, _outbox(), server.running(TRUSTED_PROXIES="1") as port:
        server.latencies(port, ["/bench/bare/"], 40)  # both processes are warm
        bare = server.requests_per_second(port, ["/bench/bare/"], SECONDS / 4)
        warm = _ask(port, people[: PEOPLE // 4], WARM_SECONDS)
        found = _ask(port, people[PEOPLE // 4 :], SECONDS)
    where = f"registrations/s on {CORES} cores" if pinned else "registrations/s, cores shared with who asks"
    yield stage.row(
        "registry.register",
        len(found["taken"]) / found["seconds"],
        where,
        baseline=bare / registering.REQUESTS,
        baseline_is=_BARE,
        target=TARGET,
    )
    yield from stage.latencies("registry.register", found["taken"] or warm["taken"])
