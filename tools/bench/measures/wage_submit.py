"""`wages.submit`: the last page of complaints at fifty a second, with posts sent again and twice at once.

Each answer is timed from the moment its post was due. Afterwards the database says whether any was lost or doubled.
Beside it stand the same rows written by hand, one transaction each.
"""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from django.db import connection, transaction

from .. import complaints, cores, server, wagecases
from ..rows import Row, Target
from ..stage import Stage

RATE = 50
SECONDS, WARM = 20, 150
P95 = Target(300, "at most")
NONE = Target(0, "at most")
CORES = 2
BY_HAND = 300
_ROOT = Path(__file__).resolve().parents[3]
_IS = "the same rows written by hand in one transaction each, one after the other"


def measure(stage: Stage) -> Iterator[Row]:
    from wages.models import Case

    wagecases.load(stage)
    before = set(Case.objects.order_by("-pk").values_list("pk", flat=True)[:1])
    warm, posts = complaints.prepare(WARM), complaints.prepare(RATE * SECONDS, after=WARM)
    with cores.first(CORES), server.running(TRUSTED_PROXIES="1") as port:
        _post(port, warm)
        answer = _post(port, posts)
    found = answer["found"]
    filed = _filed(max(before, default=0))
    receipts = [_receipt(answers) for _taken, answers in found]
    lost = sum(not number or number not in filed for number in receipts)
    doubled = len(filed) - WARM - len({number for number in receipts if number})
    taken = [taken for taken, _answers in found]
    bare = list(_by_hand(next(iter(filed.values()))))
    yield from stage.latencies("wages.submit", taken, target=P95, bare=bare, baseline_is=_IS)
    yield stage.row("wages.submit.rate", len(found) / answer["seconds"], f"complaints/s, {RATE} offered")
    yield stage.row("wages.submit.lost", lost, "complaints", target=NONE)
    yield stage.row("wages.submit.doubled", doubled, "complaints", target=NONE)


def _post(port: int, posts: list[dict]) -> dict:
    told = json.dumps({"port": port, "rate": RATE, "posts": posts})
    command = [sys.executable, "-m", "tools.bench.submitting"]
    done = subprocess.run(
        command,
        cwd=_ROOT,
        input=told,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: cores.elsewhere(CORES),
    )
    return json.loads(done.stdout)


def _filed(after: int) -> dict[str, int]:
    """Number → key of every case of this run."""
    from wages.models import Case

    return dict(Case.objects.filter(pk__gt=after).order_by("-pk").values_list("number", "pk"))


def _receipt(answers: list[str]) -> str:
    """The number that every answer to one post names; empty when one failed or they differ."""
    places = {answer.removeprefix("302 ") for answer in answers}
    if len(places) != 1 or not next(iter(places)).startswith("/wages/receipt/"):
        return ""
    return next(iter(places)).split("/")[3]


def _by_hand(case: int) -> Iterator[float]:
    """Seconds for each copy of what filing one complaint writes."""
    parts = [(table, column, _rows(table, column, case)) for table, column in _children()]
    own = _rows("wages_case", "id", case)[0]
    told = _rows("core_auditentry", "subject_id", str(case)), _rows("core_outboxmessage", "subject_id", str(case))
    for _n in range(BY_HAND):
        began = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            key = _insert(cursor, "wages_case", own)
            for table, column, rows in parts:
                for row in rows:
                    changed = {name: key for name in (column, "origin_id") if name in row}
                    _insert(cursor, table, {**row, **changed})
            for table, rows in zip(("core_auditentry", "core_outboxmessage"), told, strict=True):
                for row in rows[:2]:
                    _insert(cursor, table, {**row, "subject_id": str(key)})
        yield time.perf_counter() - began


def _children() -> list[tuple[str, str]]:
    """The tables of the matter that hold a row per filed case, and the column that names it."""
    from wages.models import CaseClock, Claimant, Receipt

    return [(model._meta.db_table, "case_id") for model in (Claimant, CaseClock, Receipt)]


def _rows(table: str, column: str, value: object) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
            " AND column_name <> 'id'",
            [table],
        )
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(f"SELECT {', '.join(names)} FROM {table} WHERE {column} = %s", [value])
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _insert(cursor: object, table: str, row: dict) -> int:
    """With a uuid and a number of its own; JSON goes in as text."""
    fresh = {"uuid": uuid4(), "number": secrets.token_hex(8)}
    row = {**row, **{name: value for name, value in fresh.items() if name in row}}
    values = [json.dumps(value) if isinstance(value, dict) else value for value in row.values()]
    places = ", ".join(["%s"] * len(row))
    cursor.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places}) RETURNING id", values)
    return cursor.fetchone()[0]
