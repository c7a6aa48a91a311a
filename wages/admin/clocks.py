"""The part of a case page about its terms: what runs until when, and who was told about it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core import calendar, ui
from core.templatetags.ui import cn_date, cn_datetime

from .. import deadlines, ladder, law
from ..desk import RUNG_TONES
from ..enums import OPEN, TO_BE_ACCEPTED
from ..models import Alarm, Case, CaseClock
from ..terms import OURS, ClockKind

ALARMS_SHOWN = 50


def panel(case: Case, day: date) -> dict[str, list[dict[str, Any]]]:
    """Rows for `admin/wages/_clocks.html`: running terms first, then those that were kept or missed."""
    rows = list(case.clocks.order_by("ended_on", "due_on", "pk"))
    running = [row for row in rows if row.ended_on is None and not _over_with_the_case(case, row)]
    own = [_own(case)] if case.running else []
    alarms = case.alarms.prefetch_related("told").order_by("-at", "-pk")[:ALARMS_SHOWN]
    return {
        "clocks": [*_running([*own, *running], day), *(_ended(row) for row in rows if row.ended_on)],
        "alarms": [_alarm(row) for row in alarms],
    }


def _over_with_the_case(case: Case, row: CaseClock) -> bool:
    return case.state not in OPEN and row.kind in OURS


def _own(case: Case) -> CaseClock:
    """The case's own clock, in the shape of the others; it is never saved."""
    kind = ClockKind.ACCEPT if case.state in TO_BE_ACCEPTED else ClockKind.CLOSE
    clock = case.running
    return CaseClock(
        kind=kind,
        start=clock.start,
        length=clock.length,
        unit=clock.unit.value,
        due_on=case.due_on,
        provisional=case.due_provisional,
    )


def _running(rows: list[CaseClock], day: date) -> list[dict[str, Any]]:
    if not rows:
        return []
    percents = law.warn_percents(day)
    shares = deadlines.used([row.clock for row in rows], day)
    left = calendar.workdays_to(day, [row.due_on for row in rows])
    return [
        {
            **_words(row),
            "word": ui.deadline_words(left[row.due_on]),
            "tone": RUNG_TONES[ladder.rung(share, over=row.due_on < day, percents=percents)],
        }
        for row, share in zip(rows, shares, strict=True)
    ]


def _ended(row: CaseClock) -> dict[str, Any]:
    late = row.ended_on > row.due_on
    word = _("{day} 办到，已超期") if late else _("{day} 办到")
    return {**_words(row), "word": word.format(day=cn_date(row.ended_on)), "tone": "danger" if late else "ok"}


def _words(row: CaseClock) -> dict[str, Any]:
    length = f"{row.length} {row.get_unit_display()}"
    return {
        "what": row.get_kind_display(),
        "span": _("{start} 起 {length}").format(start=cn_date(row.start), length=length),
        "due": cn_date(row.due_on),
        "provisional": row.provisional and row.ended_on is None,
    }


def _alarm(row: Alarm) -> dict[str, Any]:
    over = row.due_on < calendar.local_day(row.at)
    return {
        "what": row.get_clock_display(),
        "share": _("已超期") if over else _("已用 {n}%").format(n=row.percent),
        "tone": RUNG_TONES[row.rung],
        "when": cn_datetime(row.at),
        "due": cn_date(row.due_on),
        "told": "、".join(str(user) for user in row.told.all()),
    }
