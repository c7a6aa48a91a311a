"""A city's wage cases for the measures that read them: 200,000 over two years, with their trails, by COPY.

`load(stage)` writes them once per scale and says how many there are; whoever measures cases calls it first. Codes,
sites and employers are those of the demonstration; phones lie in the 154 range, which no operator was ever given.
One in thirteen is still open. `BENCH_CASES` in the environment sets the number, else it follows the scale.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from core import crypto
from core.calendar import local_day

from . import copying
from .stage import WHOLE_CITY, Stage

WHOLE = 200_000
FEWEST = 2_000
DAYS = 730
OPEN_SHARE = 1 / 13
ZONE = ZoneInfo("Asia/Shanghai")
_TRADES = ("钢筋工", "木工", "架子工", "电工", "普工", "服务员", "缝纫工")
_ENDINGS = {
    "closed_settled": (
        ("accept", 2),
        ("investigate", 3),
        ("order", 12),
        ("record_paid", 8),
        ("payment_confirmed", 1),
        ("settle", 1),
    ),
    "closed_unfounded": (("accept", 3), ("investigate", 3), ("close_unfounded", 25)),
    "closed_project_dispute": (("accept", 3), ("investigate", 3), ("close_project_dispute", 20)),
    "arbitration_referral": (("accept", 3), ("refer_arbitration", 9)),
    "revoked": (("accept", 2), ("investigate", 3), ("revoke", 8)),
    "not_accepted": (("refuse", 4),),
    "transferred": (("transfer", 3),),
    "withdrawn": (("withdraw", 6),),
}
_ENDED = (68, 6, 4, 7, 3, 4, 5, 3)
_WAITING = {
    "submitted": (),
    "supplement_requested": (("request_supplement", 2),),
    "accepted": (("accept", 2),),
    "investigating": (("accept", 2), ("investigate", 2)),
    "rectification_ordered": (("accept", 2), ("investigate", 2), ("order", 10)),
    "paid": (("accept", 2), ("investigate", 2), ("order", 8), ("record_paid", 6)),
}
_OPEN = (20, 4, 12, 40, 16, 8)
_BY_COMPLAINANT = {"submit", "withdraw", "payment_confirmed"}


@dataclass(frozen=True)
class Case:
    """Whom a measure can ask about: the number on the receipt and the phone behind it."""

    number: str
    phone: str


@dataclass(frozen=True)
class _World:
    """What cases refer to: (code, employer, project, division, names) tuples, and officials by district."""

    codes: list[tuple]
    officials: dict[str, tuple[int, str]]

    def official(self, division: str) -> tuple[int, str]:
        return self.officials.get(division[:6]) or self.officials["500000"]


def wanted(stage: Stage) -> int:
    """How many cases this scale has."""
    told = os.environ.get("BENCH_CASES")
    return int(told) if told else max(FEWEST, round(WHOLE * stage.scale / WHOLE_CITY))


def load(stage: Stage) -> int:
    """Write the cases unless they stand there, and return how many there are."""
    from wages.models import Case as Row

    if "wagecases" not in stage.memory:
        there = Row.objects.count()
        if there < wanted(stage):
            write(wanted(stage) - there, rng_seed=stage.seed + there, at=stage.at)
        stage.memory["wagecases"] = Row.objects.count()
    return stage.memory["wagecases"]


def sample(many: int, *, rng_seed: int = 7) -> list[Case]:
    """Some of the written cases, spread over all of them, each with the phone that opens it."""
    from wages.models import Case as Row

    rows = Row.objects.filter(occupation__in=_TRADES, user__isnull=True, phone__isnull=False)
    keys = Random(rng_seed).sample(list(rows.values_list("pk", flat=True)), many)
    found = Row.objects.filter(pk__in=keys).only("uuid", "number", "phone").order_by("pk")
    return [Case(row.number, row.phone.open()) for row in found]


@transaction.atomic
def write(many: int, *, rng_seed: int, at: datetime) -> None:
    """`many` cases with their trails; the same seed and day give the same cases."""
    from core.models import AuditEntry
    from wages.models import Case as Row
    from wages.models import Claimant

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
    rng, world, trail = Random(rng_seed), _world(), []
    keys = copying.numbers(Row._meta.db_table, many)
    serials = copying.serials("'wages_case_serial'", many)

    def rows() -> Iterator[dict]:
        for key, serial in zip(keys, serials, strict=True):
            row, steps = _case(rng, world, serial, at)
            trail.append((key, row, steps))
            yield {"id": key, **row}

    copying.copy(Row, rows())
    people = zip(trail, copying.numbers(Claimant._meta.db_table, many), strict=True)
    copying.copy(Claimant, ({"id": key, **_person(*told)} for told, key in people))
    entries = (entry for key, row, steps in trail for entry in _entries(key, row, steps, world))
    copying.copy(AuditEntry, _keyed(entries, copying.numbers(AuditEntry._meta.db_table, _length(trail))))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the trail is linked here, not in the commit
        cursor.execute(f"ANALYZE {Row._meta.db_table}, {AuditEntry._meta.db_table}")


def _person(case: int, row: dict, _steps: list) -> dict:
    """The one who filed, for all of a group."""
    paid = row.get("paid_now_fen") or 0
    row_uuid = UUID(int=row["uuid"].int ^ 1)
    ended = {"withdrawn": "withdrawn", "closed_unfounded": "unfounded"}.get(row["state"])
    return {
        "uuid": row_uuid,
        "case_id": case,
        "origin_id": case,
        "place": 1,
        "name": crypto.seal("wages_claimant.name", row_uuid, "王小明"),
        "phone_index": row["phone_index"],
        "representative": row["headcount"] > 1,
        "stands_for": row["headcount"],
        "months": row["owed_months"],
        "state": ended or ("paid" if paid else "claimed"),
        "claimed_fen": row["amount_fen"],
        "paid_fen": paid,
        "filed_at": row["submitted_at"],
        "ended_at": row.get("closed_at") if ended else None,
    }


def _keyed(entries: Iterator[dict], keys: list[int]) -> Iterator[dict]:
    return ({"id": key, **entry} for key, entry in zip(keys, entries, strict=True))


def _length(trail: list) -> int:
    return sum(len(steps) for _key, _row, steps in trail)


def _world() -> _World:
    from accounts.models import User
    from wages.models import WageCode

    found = WageCode.objects.select_related("employer", "project").order_by("pk")
    codes = [
        (
            code.pk,
            code.employer_id,
            code.project_id,
            code.division,
            code.employer.name,
            code.project and code.project.name,
        )
        for code in found
    ]
    places = {"jiangjin": "500116", "fengjie": "500236", "city": "500000"}
    people = User.objects.filter(username__in=places)
    return _World(codes, {places[user.username]: (user.pk, user.audit_name) for user in people})


@cache
def _clock(which: str, day: date) -> dict:
    from wages.services import _clocks

    return getattr(_clocks, f"to_{which}")(day).columns


def _case(rng: Random, world: _World, serial: int, at: datetime) -> tuple[dict, list[tuple[str, datetime]]]:
    """One row of the table and the steps that led to its state."""
    open_one = rng.random() < OPEN_SHARE
    kinds, weights = (_WAITING, _OPEN) if open_one else (_ENDINGS, _ENDED)
    state = rng.choices(list(kinds), weights)[0]
    back = rng.randint(0, 75) if open_one else rng.randint(60, DAYS)
    submitted = min(
        at, (at - timedelta(days=back)).astimezone(ZONE).replace(hour=rng.randint(8, 20), minute=rng.randint(0, 59))
    )
    steps = [("submit", submitted)]
    for verb, most in kinds[state]:
        steps.append((verb, min(at, steps[-1][1] + timedelta(days=rng.randint(0, most), minutes=rng.randint(1, 300)))))
    code, employer, project, division, employer_name, site = rng.choice(world.codes)
    row_uuid = UUID(int=rng.getrandbits(128), version=4)
    phone = f"154{30_000_000 + serial % 60_000_000:08d}"
    day = local_day(submitted)
    month = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    amount = rng.randint(40, 300) * 100_00
    headcount = rng.choice((1, 1, 1, 1, 1, 1, 1, 1, 4, 15))
    row = {
        "uuid": row_uuid,
        "number": f"CQ-{day.year}-{serial:06}",
        "state": state,
        "wage_code_id": code,
        "employer_id": employer,
        "project_id": project,
        "assignee_id": world.official(division)[0] if rng.random() < 0.9 or not open_one else None,
        "kind": "complaint" if rng.random() < 0.93 else "report",
        "field_type": "construction" if project else "other",
        "employer_name": employer_name,
        "site_name": site or "",
        "division": division,
        "owed_months": [month],
        "amount_fen": amount,
        "work_from": month,
        "contract": "no",
        "requests": ["wages"],
        "headcount": headcount,
        "people_now": headcount,
        "claimed_now_fen": amount,
        "owed_now_fen": amount,
        "occupation": rng.choice(_TRADES),
        "name": crypto.seal("wages_case.name", row_uuid, "王小明"),
        "phone": crypto.seal("wages_case.phone", row_uuid, phone),
        "phone_index": crypto.blind_index("phone", phone),
        "pledged_at": submitted,
        "submitted_at": submitted,
        **_clock("accept", day),
    }
    return {**row, **_later(dict(steps), state, world.official(division)[0], amount)}, steps


def _later(when: dict[str, datetime], state: str, official: int, amount: int) -> dict:
    """The columns that the steps after the first wrote."""
    row: dict = {"supplement_asked_at": when.get("request_supplement")}
    if accepted := when.get("accept"):
        row |= {"accepted_at": accepted, "accepted_by_id": official, **_clock("close", local_day(accepted))}
    if ordered := when.get("order"):
        row["pay_by"] = local_day(ordered) + timedelta(days=10)
    if paid := when.get("record_paid"):
        row |= {"paid_at": paid, "paid_now_fen": amount, "owed_now_fen": 0}
    if state == "transferred":
        row["transfer_target"] = "住房城乡建设部门"
    if state in _ENDINGS:
        row["closed_at"] = max(when.values())
    return row


def _entries(key: int, row: dict, steps: list[tuple[str, datetime]], world: _World) -> Iterator[dict]:
    official, name = world.official(row["division"])
    for verb, moment in steps:
        own = verb in _BY_COMPLAINANT
        yield {
            "at": moment,
            "verb": verb,
            "subject_type": "wages.case",
            "subject_id": str(key),
            "actor_id": None if own else official,
            "actor": "系统" if own else name,
        }
