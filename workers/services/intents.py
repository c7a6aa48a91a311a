"""The job intention (indicator 60) on its narrow table, with the copies that ranking reads."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core.calendar import local_day
from core.errors import refuse_unless
from core.models import Division

from ..code_lists import PayUnit, Trade
from ..derive import home_district
from ..enums import Purpose
from ..models import Consent, JobIntent, Worker
from ..values import is_empty

STATED = (
    "wants_job",
    "trade",
    "other_trades",
    "experience_months",
    "anywhere",
    "wanted_district",
    "min_pay_fen",
    "pay_unit",
    "available_on",
)
# A broker's list is made by machine from what departments registered for other ends (PIPL arts 14, 23, 24): it takes
# the consent to be recommended and the consent to that use.
TO_BE_RECOMMENDED = (Purpose.RECOMMEND, Purpose.DEPARTMENT_MATCH)
MOST_PAY_FEN = 1_000_000_00
MOST_MONTHS = 900


def of(row: Worker) -> JobIntent:
    """The worker's intent, or a new unsaved one that looks for nothing."""
    return JobIntent.objects.filter(worker=row).first() or JobIntent(worker=row, wants_job=False)


def state(row: Worker, wish: dict[str, Any], *, at: datetime) -> tuple[str, str] | None:
    """Take a wish by field name; returns (old, new) in words for the history, or None when nothing changed."""
    intent = of(row)
    old, is_new = in_words(intent), intent._state.adding
    _take(intent, wish)
    _copy(intent, row)
    intent.verified_on = local_day(at)
    intent.save()
    new = in_words(intent)
    return ("" if is_new else old, new) if is_new or old != new else None


def would_be(row: Worker, wish: dict[str, Any]) -> JobIntent:
    """The worker's intent with these fields, not saved. Raises `Refusal` for what cannot be."""
    return _take(of(row), wish)


def is_so(row: Worker, wish: dict[str, Any]) -> bool:
    """Whether the worker's wish says this already."""
    return in_words(would_be(row, wish)) == in_words(of(row))


def _take(intent: JobIntent, wish: dict[str, Any]) -> JobIntent:
    _check(wish)
    for name, value in wish.items():
        setattr(intent, name, value)
    if intent.anywhere:
        intent.wanted_district = ""
    return intent


def _check(wish: dict[str, Any]) -> None:
    unknown = set(wish) - set(STATED)
    if unknown:
        raise ValueError(f"job_intent has no fields {sorted(unknown)}")
    trades = {wish.get("trade") or "", *wish.get("other_trades", ())} - {""}
    refuse_unless(trades <= set(Trade.values), _("没有这个工种。"), field="job_intent")
    refuse_unless(wish.get("pay_unit", PayUnit.MONTH) in PayUnit.values, _("没有这个工资单位。"), field="job_intent")
    pay, months, place = wish.get("min_pay_fen"), wish.get("experience_months"), wish.get("wanted_district")
    refuse_unless(pay is None or 0 <= pay <= MOST_PAY_FEN, _("最低工资超出范围。"), field="job_intent")
    refuse_unless(months is None or 0 <= months <= MOST_MONTHS, _("从业时间超出范围。"), field="job_intent")
    if place:
        known = len(place) in (2, 6) and Division.objects.filter(code=place).exists()
        refuse_unless(known, _("没有这个地方。"), field="job_intent")


def in_words(intent: JobIntent) -> str:
    """The stated fields as one line; history keeps this."""
    stated = {name: getattr(intent, name) for name in STATED}
    return "；".join(f"{name}={value}" for name, value in stated.items() if not is_empty(value))


def _copy(intent: JobIntent, row: Worker) -> None:
    intent.home_district = home_district(row.hukou_division, row.residence_division)
    intent.skill_level = row.skill_level
    agreed = Consent.objects.live().filter(worker=row, purpose__in=TO_BE_RECOMMENDED)
    intent.recommendable = row.merged_into_id is None and agreed.count() == len(TO_BE_RECOMMENDED)


def follow(row: Worker, *, at: datetime) -> None:
    """Bring the copies up to date after the row or a consent changed; no write when they agree."""
    intent = JobIntent.objects.filter(worker=row).first()
    if intent is None:
        return
    before = (intent.home_district, intent.skill_level, intent.recommendable)
    _copy(intent, row)
    if before != (intent.home_district, intent.skill_level, intent.recommendable):
        intent.save(update_fields=["home_district", "skill_level", "recommendable"])


def touch(row: Worker, *, at: datetime) -> None:
    """The wish was confirmed."""
    JobIntent.objects.filter(worker=row).update(verified_on=local_day(at))
