"""From rows to `duties`: what is known of projects, and the rules in force."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from core import calendar, parameters
from employers.models import Project

from . import duties
from .models import Fact


def rules_on(day: date) -> duties.Rules:
    """The lengths and shares in force on a day; before the first one, the first one."""
    names = duties.Rules.__dataclass_fields__
    rows = parameters.get_many("sites.", on=max(day, date(2021, 11, 1)))
    return duties.Rules(**{name: rows[f"sites.{name}"].number for name in names})


def add_workdays(day: date, count: int) -> tuple[date, bool]:
    found = calendar.add_workdays(day, count)
    return found.day, found.provisional


def facts_of(projects: Iterable[int]) -> dict[int, list[duties.Known]]:
    """What counts of each project: what was not withdrawn."""
    found: dict[int, list[duties.Known]] = defaultdict(list)
    rows = Fact.objects.filter(project__in=list(projects), withdrawn_at__isnull=True).order_by("day", "pk")
    for project, kind, day, fen, terms in rows.values_list("project", "kind", "day", "fen", "terms"):
        found[project].append(duties.Known(kind, day, fen, terms))
    return found


def duties_of(project: Project, *, on: date) -> list[duties.Duty]:
    """Every duty of one project as it stands."""
    facts = facts_of([project.pk])[project.pk]
    days = duties.Project(project.starts_on, project.ends_on)
    return duties.duties(days, facts, rules_on(on), on=on, add_workdays=add_workdays)
