"""The indicators whose form is not one field per column: job intention, training need, settlement."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..code_lists import Integration, PayUnit, Trade
from ..models import JobIntent, Worker
from .fields import PICK, choice, place_choices, whole

ANYWHERE = "any"
WANTS_TRAINING = 3


def intent_fields(worker: Worker, day: date) -> dict[str, forms.Field]:
    """The few questions of a wish for work."""
    trades = [*PICK, *Trade.choices]
    places = [*PICK, (ANYWHERE, _("哪里都可以")), *_without_townships(place_choices(day, worker))]
    return {
        "wants_job": choice(_("现在想找工作吗"), [("1", _("想找")), ("0", _("暂时不找"))]),
        "intent_trade": forms.ChoiceField(label=_("想做什么活"), choices=trades, required=False),
        "intent_other": forms.ChoiceField(label=_("还会做什么活"), choices=trades, required=False),
        "intent_years": whole(_("这行做了几年"), 0, 60),
        "intent_place": forms.ChoiceField(label=_("想去哪里"), choices=places, required=False),
        "intent_pay": whole(_("最低要多少工资"), 0, 1_000_000),
        "intent_unit": choice(_("按什么算"), PayUnit.choices),
        "intent_from": forms.DateField(label=_("最早哪天能上班"), required=False),
    }


def _without_townships(choices: list) -> list:
    """Wishes name districts and provinces, so only the grouped choices stay."""
    return [(label, group) for label, group in choices if isinstance(group, list | tuple)]


def intent_initial(intent: JobIntent | None) -> dict[str, Any]:
    if intent is None:
        return {"intent_unit": PayUnit.MONTH}
    return {
        "wants_job": "1" if intent.wants_job else "0",
        "intent_trade": intent.trade,
        "intent_other": intent.other_trades[0] if intent.other_trades else "",
        "intent_years": intent.experience_months // 12 if intent.experience_months is not None else None,
        "intent_place": ANYWHERE if intent.anywhere else intent.wanted_district,
        "intent_pay": intent.min_pay_fen // 100 if intent.min_pay_fen is not None else None,
        "intent_unit": intent.pay_unit,
        "intent_from": intent.available_on,
    }


def intent_value(data: dict[str, Any], held: JobIntent | None) -> dict[str, Any]:
    """The wish as `services.record` takes it. Months that the year question cannot say are kept."""
    years, pay, place = data["intent_years"], data["intent_pay"], data["intent_place"]
    months = years * 12 if years is not None else None
    if held and held.experience_months is not None and years == held.experience_months // 12:
        months = held.experience_months
    others = held.other_trades if held else []
    chosen = [data["intent_other"]] if data["intent_other"] else []
    return {
        "wants_job": data["wants_job"] == "1",
        "trade": data["intent_trade"],
        "other_trades": others if chosen == others[:1] else chosen,
        "experience_months": months,
        "anywhere": place == ANYWHERE,
        "wanted_district": "" if place == ANYWHERE else place,
        "min_pay_fen": pay * 100 if pay is not None else None,
        "pay_unit": data["intent_unit"] or PayUnit.MONTH,
        "available_on": data["intent_from"],
    }


def training_fields() -> dict[str, forms.Field]:
    """Up to three trades to learn; a list of sixty boxes would be of no use on a phone."""
    labels = [_("想学什么"), _("还想学什么"), _("还有吗")]
    return {
        f"training_{n}": forms.ChoiceField(label=label, choices=[*PICK, *Trade.choices], required=False)
        for n, label in enumerate(labels, start=1)
    }


def training_initial(worker: Worker) -> dict[str, str]:
    return {f"training_{n}": code for n, code in enumerate(worker.training_need[:WANTS_TRAINING], start=1)}


def training_value(data: dict[str, Any]) -> list[str]:
    return [code for n in range(1, WANTS_TRAINING + 1) if (code := data[f"training_{n}"])]


def settlement_fields(label: Any) -> dict[str, forms.Field]:
    grades = [
        (str(n), word)
        for n, word in enumerate([_("很不适应"), _("不太适应"), _("一般"), _("比较适应"), _("很适应")], 1)
    ]
    return {
        "integration": choice(label, Integration.choices),
        "adaptation": choice(_("在城里生活适应吗"), grades),
    }


def settlement_value(data: dict[str, Any]) -> dict[str, Any]:
    return {"integration": data["integration"], "adaptation": data["adaptation"] or None}
