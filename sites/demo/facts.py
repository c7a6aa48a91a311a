"""Contracts, accounts, bonds and boards of the demonstration's sites; most in time, some late, a few missing."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from core.calendar import local_day
from employers.models import Project

from ..enums import BondTerms, FactKind
from ..models import Fact

_BANKS = ["重庆农村商业银行（演示）", "重庆银行（演示）", "三峡银行（演示）"]
_SOURCE = "演示资料"


def write(projects: list[Project], rng_seed: int, *, by: Any, at: datetime) -> None:
    rng, today = Random(rng_seed), local_day(at)
    rows = [fact for number, project in enumerate(projects) for fact in _of(project, number, rng, today)]
    for row in rows:
        row.source, row.recorded_by, row.recorded_at = _SOURCE, by, at
    Fact.objects.bulk_create(row for row in rows if row.day <= today)


def _of(project: Project, number: int, rng: Random, today: date) -> list[Fact]:
    starts = project.starts_on or today - timedelta(days=300)
    contract = starts - timedelta(days=rng.randint(25, 60))
    fen = rng.randint(20, 900) * 100_000_000
    found = [Fact(project=project, kind=FactKind.CONTRACT, day=contract, fen=fen)]

    def add(kind: FactKind, after: int, **more: Any) -> None:
        found.append(Fact(project=project, kind=kind, day=contract + timedelta(days=after), **more))

    if number % 9 != 8:
        late = number % 7 == 6
        add(FactKind.ACCOUNT, rng.randint(32, 70) if late else rng.randint(5, 28), note=rng.choice(_BANKS))
    if number % 12 == 11:
        add(FactKind.BOND_TERMS, rng.randint(5, 20), terms=BondTerms.THREE_YEARS)
    elif number % 15 != 14:
        share = 40 if number % 10 == 9 else rng.choice([100, 150, 200])
        add(FactKind.BOND, rng.randint(10, 26), fen=fen * share // 10_000, note=rng.choice(_BANKS))
    for kind, missing in ((FactKind.REAL_NAME, 5), (FactKind.PAID_BY_CONTRACTOR, 8), (FactKind.BOARD, 11)):
        if number % missing != missing - 1:
            add(kind, (starts - contract).days - rng.randint(0, 5))
    if number == 11:  # the bond was called upon, and not refilled in time
        add(FactKind.BOND_ORDER, 80)
        add(FactKind.BOND_PAID, 84, fen=fen // 500)
    return found
