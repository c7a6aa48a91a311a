"""Six months of wages of a dozen sites, as the bank's and the contractors' files tell them."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from accounts.demo import PEOPLE
from accounts.enums import Role
from accounts.models import User
from core.calendar import local_day
from core.crypto import blind_index
from employers.models import Project
from workers.models import FeedState, Worker

from ..enums import FileKind, Teller
from ..models import AttendanceLine, Deposit, PayrollFile, PayrollLine
from ..watch.months import before, due_days

SITES, MONTHS, PEOPLE_PER_SITE = 12, 6, 18
# What happens where, by the site's place among the dozen; the rest pays in full and in time.
LATE, SOME_UNPAID, UNDERPAID, BELOW_MINIMUM, NO_DEPOSIT, NO_FILE, HALF_UNPAID = 5, 6, 7, 8, 9, 10, 11


@dataclass(frozen=True)
class Told:
    """What was written, for whoever looks at it afterwards."""

    projects: list[Project]
    months: list[date]


def chosen(projects: list[Project]) -> list[Project]:
    return projects[:SITES]


def write(projects: list[Project], rng_seed: int, *, by: Any, at: datetime) -> Told | None:
    rng, today = Random(rng_seed), local_day(at)
    people = list(Worker.objects.order_by("pk").values_list("pk", flat=True)[: SITES * PEOPLE_PER_SITE])
    if len(people) < SITES:
        return None
    crews = _crews(people)
    months = [before(today.replace(day=1), n) for n in range(MONTHS, 0, -1)]
    for month in months:
        _month(month, projects, crews, rng, by=by, today=today)
    return Told(projects, months)


def _crews(people: list[int]) -> list[list[int]]:
    """Who works where; 王伟 and 李芳 at the site that leaves some unpaid."""
    crews = [people[n::SITES] for n in range(SITES)]
    phones = [person.sign_in for person in PEOPLE if person.role == Role.WORKER]
    known = User.objects.filter(phone_index__in=[blind_index("phone", phone) for phone in phones])
    cast = list(Worker.objects.filter(user__in=known).order_by("pk").values_list("pk", flat=True))
    crews = [[person for person in crew if person not in cast] for crew in crews]
    crews[SOME_UNPAID] = cast + crews[SOME_UNPAID]
    return crews


def _month(month: date, projects: list[Project], crews: list[list[int]], rng: Random, *, by: Any, today: date) -> None:
    due = due_days(month)
    wages, present, money = [], [], []
    for place, (project, crew) in enumerate(zip(projects, crews, strict=True)):
        day = due[project.pay_day]
        if day > today or (project.starts_on and project.starts_on > before(month, -1)):
            continue
        if place == NO_FILE and month >= before(today.replace(day=1), 2):
            continue
        lines = [_line(project, person, month, day, place, number, rng) for number, person in enumerate(crew)]
        wages += [line for line in lines if line.paid_on is None or line.paid_on <= today]
        present += [AttendanceLine(project=project, person=line.person, month=month, days=line.days) for line in lines]
        total = sum(line.owed_fen for line in lines)
        late = place == NO_DEPOSIT
        money.append(
            Deposit(
                project=project,
                month=month,
                due_fen=total,
                paid_fen=total * 6 // 10 if late else total,
                paid_on=day - timedelta(days=3),
            )
        )
    sent = timezone.make_aware(datetime.combine(month.replace(day=1), time(10)))
    for kind, model, rows in (
        (FileKind.PAYROLL, PayrollLine, wages),
        (FileKind.ATTENDANCE, AttendanceLine, present),
        (FileKind.DEPOSITS, Deposit, money),
    ):
        if rows:
            model.objects.bulk_create(_of(_file(kind, month, len(rows), sent, by=by), rows))


def _line(project: Project, person: int, month: date, day: date, place: int, number: int, rng: Random) -> PayrollLine:
    days = rng.randint(180, 260)
    owed = round(rng.randint(26, 42) * 1_000 * days / 10)  # 260 to 420 yuan a day
    paid, on = owed, day - timedelta(days=rng.randint(0, 2))
    if place == LATE:
        on = day + timedelta(days=5)
    elif place == UNDERPAID and number % 4 == 0:
        paid = owed * 7 // 10
    elif place == BELOW_MINIMUM and number % 6 == 0:
        owed = paid = 160_000
    elif (place == SOME_UNPAID and number in (0, 5, 9)) or (place == HALF_UNPAID and number % 2):
        recent = month >= before(timezone.localdate().replace(day=1), 2)
        paid, on = (0, None) if recent else (owed, day + timedelta(days=20))
    return PayrollLine(
        project=project,
        person=person,
        month=month,
        days=days,
        owed_fen=owed,
        agreed_fen=owed,
        paid_fen=paid,
        paid_on=on,
        teller=Teller.BANK,
    )


def _file(kind: FileKind, month: date, rows: int, at: datetime, *, by: Any) -> PayrollFile:
    """A batch that stands as if it had been sent, confirmed and written at the end of its month's pay days."""
    name = f"{month:%Y-%m} {kind.label}（演示）.xlsx"
    return PayrollFile.objects.create(
        kind=kind,
        teller=Teller.BANK if kind == FileKind.PAYROLL else Teller.CONTRACTOR,
        state=FeedState.APPLIED,
        name=name,
        digest=hashlib.sha256(name.encode()).digest(),
        size_bytes=rows * 80,
        prefixes=["50"],
        counts={
            "rows": rows,
            "returned_rows": 0,
            "months": [f"{month:%Y-%m}"],
            "applied": {"lines": rows, "new_strangers": 0, "again": None},
        },
        lines_done=rows,
        lines_total=rows,
        uploaded_by=by,
        uploaded_at=at,
        confirmed_by=by,
        applied_at=at,
    )


def _of(batch: PayrollFile, rows: list[Any]) -> list[Any]:
    for row in rows:
        row.batch = batch
    return rows
