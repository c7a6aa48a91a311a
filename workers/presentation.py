"""Values in words, and what each kind of reader gets to see of them."""

from datetime import date
from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from accounts.policies import is_auditor, is_broker, is_official
from core.divisions import name_of
from core.fields import STARS
from core.masking import age_band, mask_id, mask_name, mask_phone
from core.templatetags.ui import cn_datetime, fen_short

from . import policies
from .derive import ABROAD
from .indicators import BY_CODE, Indicator, Kind
from .models import JobIntent, Worker
from .sensitive import is_sensitive, is_withheld
from .texts import columns_from
from .values import is_empty

INCOME_BAND_FEN = 1_000_00


def plain_date(day: date) -> str:
    """1983年4月12日; nobody asks on which weekday somebody was born."""
    return _("{y}年{m}月{d}日").format(y=day.year, m=day.month, d=day.day)


def division_name(code: str) -> str:
    """江津区 几江街道, 浙江省, or 境外."""
    return _("境外") if code == ABROAD else name_of(code)


def intent_in_words(intent: JobIntent | None) -> str:
    """找电工活，江津区，每月不低于 ¥6,000."""
    if intent is None:
        return ""
    if not intent.wants_job:
        return _("暂时不找工作")
    trade = intent.get_trade_display() or _("什么活都行")
    parts = [_("想做{trade}").format(trade=trade)]
    parts.append(_("哪里都可以") if intent.anywhere else division_name(intent.wanted_district))
    if intent.min_pay_fen:
        pay = fen_short(intent.min_pay_fen)
        parts.append(_("不低于 {pay} {unit}").format(pay=pay, unit=intent.get_pay_unit_display()))
    return "，".join(filter(None, parts))


@cache
def _labels(choices: type[TextChoices]) -> dict[str, Any]:
    """The words of a code list, still to be translated; put together once, because a page asks for hundreds."""
    return dict(choices.choices)


def _label(indicator: Indicator, code: str) -> str:
    return str(_labels(indicator.choices).get(code, code))


def in_words(worker: Worker, indicator: Indicator) -> str:
    """The full value in words; empty while unknown. Sealed values come masked."""
    if indicator.kind == Kind.INTENT:
        return intent_in_words(getattr(worker, "intent", None))
    if indicator.kind == Kind.MOMENT:
        provenance = getattr(worker, "provenance", None)
        return cn_datetime(provenance.verified_at) if provenance else ""
    value = getattr(worker, indicator.column)
    if is_empty(value):
        return ""
    words = _WORDS.get(indicator.kind, lambda _i, v, _w: str(v))(indicator, value, worker)
    return words + "".join(f"，{more}" for more in _second_columns(indicator, worker))


def text_in_words(indicator: Indicator, text: str | None) -> str:
    """A statement's text in the words of a page; empty where it states nothing."""
    return in_words(Worker(**columns_from(indicator, text)), indicator)


def _second_columns(indicator: Indicator, worker: Worker) -> list[str]:
    if indicator.code == "last_training" and worker.last_training_on:
        return [plain_date(worker.last_training_on)]
    if indicator.code == "integration" and worker.adaptation:
        return [_("适应程度 {n} 分（满分 5 分）").format(n=worker.adaptation)]
    return []


def _sealed(indicator: Indicator, value: Any, worker: Worker) -> str:
    return (mask_id if indicator.code == "id_number" else mask_phone)(value.open())


_WORDS = {
    Kind.CODE: lambda i, v, w: _label(i, v),
    Kind.CODES: lambda i, v, w: "、".join(_label(i, code) for code in v),
    Kind.DATE: lambda i, v, w: plain_date(v),
    Kind.MONEY: lambda i, v, w: fen_short(v),
    Kind.COUNT: lambda i, v, w: f"{v} {i.unit}",
    Kind.AREA: lambda i, v, w: f"{v:.1f} {i.unit}",
    Kind.YES_NO: lambda i, v, w: _("有") if v else _("没有"),
    Kind.DIVISION: lambda i, v, w: division_name(v),
    Kind.SEALED: _sealed,
    Kind.PERSON: lambda i, v, w: str(w.broker or ""),
}


def shown_to(user: Any, worker: Worker, indicator: Indicator, *, on: date) -> str:
    """The value as this reader may see it.

    The worker reads everything, numbers masked. Officials the same, for the people of their jurisdiction, but what
    the person told of sensitive matters only with the person's consent (see `sensitive`). A
    broker reads the few indicators that placing needs, birth date and income as bands. An auditor reads no one's
    values. No mask keeps a tail, so none can be put together with another to rebuild a number.
    """
    if policies.is_self(user, worker):
        return in_words(worker, indicator)
    if is_official(user):
        words = in_words(worker, indicator)
        return _("本人没有同意给别人看") if words and is_withheld(worker, indicator) else words
    if is_broker(user) and indicator.broker_sees and not is_sensitive(indicator):
        return _for_broker(user, worker, indicator, on)
    if is_auditor(user) and indicator.code == "full_name":
        return mask_name(worker.full_name)
    return STARS if in_words(worker, indicator) else ""


def _for_broker(user: Any, worker: Worker, indicator: Indicator, on: date) -> str:
    if indicator.code == "birth_date" and worker.birth_date:
        return age_band(worker.birth_date, on)
    if indicator.code == "monthly_income" and worker.monthly_income_fen is not None:
        low = worker.monthly_income_fen // INCOME_BAND_FEN * INCOME_BAND_FEN
        return f"{fen_short(low)}–{fen_short(low + INCOME_BAND_FEN)}"
    if indicator.code == "mobile" and worker.mobile and not policies.may_see_phone(user, worker):
        return STARS
    if indicator.code == "mobile" and worker.mobile:
        return worker.mobile.open()
    return in_words(worker, indicator)


def name_for(user: Any, worker: Worker) -> str:
    """The name as this reader may see it; the worker number where there is no name."""
    return shown_to(user, worker, BY_CODE["full_name"], on=date.min) or worker.worker_no
