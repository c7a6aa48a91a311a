"""Turns domain values into what the shared components take."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.calendar import local_day
from core.divisions import name_of
from core.masking import mask_name
from core.templatetags.ui import cn_date, cn_datetime, fen_short

from . import offices
from .eligibility import Assessment, headline
from .enums import DocumentState, Rule, Sex, UnitKind
from .forms.fields import Contract
from .models import Estate, HouseholdMember, HousingApplication, UnitType
from .policy import rules_on

#: Shown one by one; the others are told in one line when they are met.
MAIN_RULES = {Rule.AGE, Rule.HOME, Rule.INCOME, Rule.WORK}


def district_chips(districts: dict[str, str], chosen: str) -> list[dict[str, Any]]:
    """One chip per district; a click on the chosen one takes it away."""
    base = reverse("housing:index")
    return [
        {"word": name, "on": code == chosen, "url": base if code == chosen else f"{base}?district={code}"}
        for code, name in districts.items()
    ]


def estate_card(estate: Estate) -> dict[str, Any]:
    """One estate with its prefetched kinds of flats for the start page."""
    units = list(estate.unit_types.all())
    rents = [unit.rent_fen for unit in units]
    return {
        "row": estate,
        "units": units,
        "rent": _span(fen_short(min(rents)), fen_short(max(rents)).removeprefix("¥")) if rents else "",
        "free": sum(unit.units_free for unit in units),
    }


def assessment(result: Assessment, *, persons: int) -> dict[str, Any]:
    """An assessment for `housing/_assessment.html`."""
    shown = [reason for reason in result.reasons if reason.rule in MAIN_RULES or not reason.passed]
    return {
        "assessment": result,
        "headline": headline(result),
        "rules": [
            {
                "title": reason.sentence,
                "met": reason.passed,
                "note": "。".join(filter(None, [reason.your_value, reason.advice.rstrip("。")])),
            }
            for reason in shown
        ],
        "also_met": [reason.sentence for reason in result.reasons if reason not in shown],
        "unit_kind": UnitKind(result.unit_kind).label,
        "persons": persons,
        "articles": list(dict.fromkeys(reason.article for reason in result.reasons)),
        "since": date.fromisoformat(result.version),
        "unverified": [str(reason.rule.label) for reason in result.reasons if not reason.verified],
    }


def rent_range(units: QuerySet[UnitType]) -> dict[str, Any] | None:
    """What flats of a kind cost and how large they are; None where there are none."""
    found = units.aggregate(low=Min("rent_fen"), high=Max("rent_fen"), small=Min("area_m2"), large=Max("area_m2"))
    if found["low"] is None:
        return None
    return {
        "rent": _span(fen_short(found["low"]), fen_short(found["high"]).removeprefix("¥")),
        "area": _span(f"{found['small']:.0f}", f"{found['large']:.0f}"),
    }


def _span(low: str, high: str) -> str:
    return low if low.removeprefix("¥") == high else f"{low}–{high}"


def names_of(members: list[HouseholdMember]) -> dict[int, str]:
    """The names of the household for the applicant's own eyes."""
    return {row.pk: row.name.open() for row in members}


def _row(label: str, value: Any, url: str = "") -> dict[str, Any]:
    return {"label": label, "value": value, "url": url}


def _months(value: int | None) -> str:
    return _("{months} 个月").format(months=value) if value else _("没有")


def _contract(value: int | None) -> str:
    return str(Contract(str(value)).label) if value is not None and str(value) in Contract.values else ""


def answers(application: HousingApplication, *, url: Callable[[str], str] | None = None) -> list[dict[str, Any]]:
    """Every answer as a row of a summary list; `url` finds the task where it can still be changed."""
    members = list(application.members.all())
    names = names_of(members)

    def link(task: str) -> str:
        return f"{url(task)}?from=check" if url else ""

    sex = Sex(application.sex).label if application.sex else ""
    household = [
        _("{name}（{relation}）").format(name=names[row.pk], relation=row.get_relation_display()) for row in members
    ]
    incomes = [f"{names[row.pk]} {fen_short(row.income_fen)}" for row in members]
    rows = [
        _row(_("你"), " · ".join(filter(None, [str(sex), cn_date(application.birth_date)])), link("household")),
        _row(_("一起住的人"), "\n".join(household) or _("只有你一个人"), link("household")),
        _row(_("工作"), application.get_work_display(), link("work")),
        _row(_("劳动合同"), _contract(application.contract_months), link("work")),
        _row(_("社保连续缴费"), _months(application.insurance_months), link("work")),
        _row(_("公积金连续缴存"), _months(application.fund_months), link("work")),
        _row(_("在重庆连续居住"), _months(application.residence_months), link("work")),
        _row(_("你每月收入"), fen_short(application.income_fen), link("income")),
    ]
    if members:
        rows.append(_row(_("家人每月收入"), "\n".join(incomes), link("income")))
    rows += _home_rows(application, link("home"))
    rows.append(_row(_("想住的小区"), application.estate.name if application.estate else "", link("wish")))
    rows.append(_row(_("在哪里初审"), _office(application), link("wish")))
    return rows


def receipt(application: HousingApplication) -> list[dict[str, Any]]:
    """What was handed in, where and for whom, without anything that a stranger who finds the sheet may not read."""
    persons = 1 + application.members.count()
    rows = [
        _row(_("申请人"), mask_name(application.worker.full_name)),
        _row(_("提交时间"), cn_datetime(application.submitted_at)),
        _row(_("小区和户型"), f"{application.estate.name} · {application.get_unit_kind_display()}"),
        _row(_("一起申请"), _("{count} 人").format(count=persons)),
        _row(_("初审"), name_of(application.division_id)),
        _row(_("复审"), name_of(application.final_division_id)),
    ]
    return rows


def _office(application: HousingApplication) -> str:
    """Where it was handed in; for a draft, where it would be today."""
    if application.division_id:
        return name_of(application.division_id)
    if application.estate is None:
        return ""
    rules = rules_on(local_day(application.saved_at))
    return name_of(offices.preliminary(application.estate.district_id, application.point_id, rules))


def _home_rows(application: HousingApplication, url: str) -> list[dict[str, Any]]:
    if application.home_m2 is None:
        return [_row(_("现在的住房"), "", url)]
    home = _("{area}㎡").format(area=application.home_m2) if application.home_m2 else _("没有住房")
    sold = cn_date(application.transferred_on) if application.transferred_on else _("没有转让过")
    yes = [
        _("住着公房、廉租房或公租房") if application.in_public_housing else "",
        _("父母或子女有能力帮助") if application.family_can_help else "",
    ]
    more = "；".join(filter(None, yes))
    rows = [_row(_("申请地的住房"), home, url), _row(_("转让住房"), sold, url)]
    return [*rows, _row(_("其他情况"), more, url)] if more else rows


def paper_rows(application: HousingApplication, needs: list, *, url: Callable[..., str]) -> list[dict[str, Any]]:
    """The papers as a task list: what is needed, what is there, what was sent back."""
    documents = list(application.documents.all())
    rows = []
    for need in needs:
        held = [row for row in documents if row.kind in {need.kind, *need.instead}]
        good = [row for row in held if row.state == DocumentState.HANDED_IN]
        if good:
            word, tone = _("已交 {count} 份").format(count=len(good)), "ok"
        elif held:
            word, tone = _("要重交"), "danger"
        else:
            word, tone = _("还没交"), "warn"
        remarks = [row.remark for row in held if row.remark]
        rows.append(
            {
                "title": need.kind.label,
                "url": url("hand_in", need.kind),
                "note": remarks[0] if remarks and not good else need.why,
                "word": word,
                "tone": tone,
            }
        )
    return rows
