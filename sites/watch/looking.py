"""Asking the rules: every day those whose day has come, and again what a file that came late has changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from core import parameters
from core.calendar import local_day
from core.long_work import take_time
from workers.feeds.lock import one_at_a_time

from ..enums import OFFSETS, FileKind
from ..models import PayrollFile, WatchRule, WatchRun
from . import months, statements

LOCK_KEY = 0x77617463
LONG_AGO, FAR_OFF = date(2000, 1, 1), date(2200, 1, 1)
# What the watch looks back over when it begins.
_AT_FIRST = timedelta(days=1)


@dataclass(frozen=True)
class Seen:
    """What one rule found: alerts standing, new among them, and gone."""

    rule: str
    found: int
    new: int
    gone: int


def rules_of(offset: int, on: date) -> list[WatchRule]:
    """The rules that are switched on for that day after the pay day."""
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    rows = WatchRule.objects.filter(in_force, is_on=True, valid_from__lte=on, offsets__contains=[offset])
    return list(rows.order_by("key"))


@transaction.atomic
def evaluate(
    month: date,
    offset: int,
    *,
    at: datetime,
    first: date = LONG_AGO,
    last: date | None = None,
    projects: Iterable[int] | None = None,
    rules: Iterable[WatchRule] | None = None,
) -> list[Seen]:
    """Look at a month's wages on a day after the pay day: one statement per rule. Safe to repeat.

    Only projects whose day lies between `first` and `last` (today) are looked at.
    """
    today, found = local_day(at), []
    asked = _common(month, offset, first, min(last or today, today), projects)
    with connection.cursor() as cursor:
        take_time(cursor)
        for rule in rules_of(offset, today) if rules is None else rules:
            told = {**asked, **params_of(rule), "rule": rule.pk, "level": rule.level, "at": at}
            cursor.execute(statements.keeping(rule.kind, rule.params.get("file", "")), told)
            found.append(Seen(rule.key, *cursor.fetchone()))
    return found


def _common(month: date, offset: int, first: date, last: date, projects: Iterable[int] | None) -> dict[str, Any]:
    due = months.due_days(month)
    minimum = parameters.get("wages.minimum_monthly_fen", on=max(month, _first_minimum())).value
    return {
        "month": month,
        "offset": offset,
        "pay_days": list(due),
        "due_days": list(due.values()),
        "first": first,
        "last": last,
        "projects": None if projects is None else list(projects),
        "minimum_district": minimum["district"],
        "minimum_county": minimum["county"],
    }


def _first_minimum() -> date:
    """Before the first minimum that is known, that one is taken rather than none."""
    from core.models import Parameter

    rows = Parameter.objects.filter(key="wages.minimum_monthly_fen").order_by("valid_from")
    return rows.values_list("valid_from", flat=True).first()


def params_of(rule: WatchRule) -> dict[str, Any]:
    """A rule's own numbers, with what stands where it says nothing."""
    return {
        "people": rule.params.get("people", 1),
        "percent": rule.params.get("percent", 0),
        "enough": rule.params.get("enough", 100),
        "file": rule.params.get("file", ""),
    }


def counted(rule: WatchRule, month: date, offset: int, *, last: date) -> dict[str, Any]:
    """What the rule would find, and nothing is kept. Inside the caller's transaction."""
    asked = {**_common(month, offset, LONG_AGO, last, None), **params_of(rule)}
    with connection.cursor() as cursor:
        cursor.execute(statements.counting(rule.kind, rule.params.get("file", "")), asked)
        looked, found, people, fen, examples = cursor.fetchone()
    return {"looked": looked, "found": found, "people": int(people), "short_fen": int(fen), "examples": examples}


@transaction.atomic
def look(*, at: datetime) -> int:
    """The daily round: every day since the last one, so that an outage leaves no day out. Says how many alerts are new.

    The rules of all days and the mark of how far it came are one transaction.
    """
    today = local_day(at)
    with connection.cursor() as cursor:
        one_at_a_time(cursor, LOCK_KEY)
    run = WatchRun.objects.filter(pk=1).first()
    first = (run.through if run else today - _AT_FIRST) + timedelta(days=1)
    new = 0
    if first <= today:
        for month, offset in months.touched(first, today):
            new += sum(seen.new for seen in evaluate(month, offset, at=at, first=first, last=today))
        WatchRun.objects.update_or_create(pk=1, defaults={"through": today, "at": at})
    return new


def look_again(batch: PayrollFile, *, at: datetime) -> int:
    """A file was written or taken back: what was looked at before is looked at again for its projects and months."""
    run = WatchRun.objects.filter(pk=1).first()
    done = batch.counts.get("undone") or batch.counts.get("applied")
    if run is None or done is None:
        return 0
    found = 0
    for text in batch.counts["months"]:
        month = date.fromisoformat(f"{text}-01")
        for offset in OFFSETS:
            seen = evaluate(month, offset, at=at, last=run.through, projects=done["again"])
            found += sum(one.new + one.gone for one in seen)
    return found


def speaks_of(kind: str) -> str:
    """How a kind of file is called in an alert."""
    return str(FileKind(kind).label)
