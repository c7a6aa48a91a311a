"""Trying a rule on past months: the same statement, counted instead of kept."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from core.calendar import local_day
from core.long_work import take_time
from employers.models import Project

from ..enums import SimulationState
from ..models import Simulation
from . import looking


def run(asked: Simulation, *, at: datetime) -> Simulation:
    """Answer it once; whoever comes second finds it answered."""
    if asked.state != SimulationState.WAITING:
        return asked
    rows = [row for month in asked.months for row in _month(asked, month, at)]
    done = Simulation.objects.filter(pk=asked.pk, state=SimulationState.WAITING)
    done.update(state=SimulationState.DONE, result=rows, done_at=at)
    return Simulation.objects.get(pk=asked.pk)


@transaction.atomic
def _month(asked: Simulation, month: date, at: datetime) -> list[dict[str, Any]]:
    """One line per day after the pay day on which the rule looks; days still to come are left out."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        take_time(cursor)
    found = []
    for offset in sorted(asked.rule.offsets):
        counted = looking.counted(asked.rule, month, offset, last=local_day(at))
        names = dict(Project.objects.filter(pk__in=counted["examples"]).values_list("pk", "name"))
        counted["examples"] = [{"id": pk, "name": names[pk]} for pk in counted["examples"] if pk in names]
        found.append({"month": f"{month:%Y-%m}", "offset": offset, **counted})
    return found


def give_up(*, at: datetime) -> int:
    """What nobody answered for a day will not be: its process was killed again and again."""
    old = Simulation.objects.filter(state=SimulationState.WAITING, asked_at__lt=at - timedelta(days=1))
    return old.update(state=SimulationState.FAILED, done_at=at)
