"""What the registry already knows: to fill in before asking, and to compare with what was declared."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.templatetags.ui import fen_short
from workers.code_lists import ContractType, EmploymentForm, EmploymentStatus, HousingFund, HousingTenure, Marital
from workers.enums import Source
from workers.indicators import INDICATORS
from workers.models import Provenance, Worker

from .enums import Relation, Sex, Work
from .models import HousingApplication

_NUMBERS = {indicator.code: indicator.number for indicator in INDICATORS}
_FLEXIBLE_FORMS = {EmploymentForm.PLATFORM, EmploymentForm.SELF_EMPLOYED, EmploymentForm.CASUAL}


@dataclass(frozen=True)
class Known:
    """A value that need not be typed, and who stated it."""

    value: Any
    source: str


@dataclass(frozen=True)
class Comparison:
    """A declared value beside the registry's; `agrees` is None where only a person can tell."""

    label: str
    declared: str
    held: str
    source: str
    agrees: bool | None


def sources_of(worker: Worker) -> dict[str, str]:
    """Who stated each indicator of a worker, in words; "" for never."""
    row = Provenance.objects.filter(worker=worker).first()
    if row is None:
        return dict.fromkeys(_NUMBERS, "")
    return {code: _name(row.sources[number - 1]) for code, number in _NUMBERS.items()}


def _name(source: int) -> str:
    return str(Source(source).label) if source in Source.values else ""


def known(worker: Worker) -> dict[str, Known]:
    """Values for the application's fields, by field name."""
    sources = sources_of(worker)
    found = {
        "birth_date": (worker.birth_date, "birth_date"),
        "sex": (worker.sex if worker.sex in Sex.values else None, "sex"),
        "work": (_work(worker), "employment_status"),
        "contract_months": (_contract_months(worker), "contract_type"),
        "residence_months": (worker.residence_months, "residence_months"),
        "income_fen": (worker.monthly_income_fen, "monthly_income"),
    }
    sources |= dict.fromkeys(("birth_date", "sex"), _("身份证号"))
    return {name: Known(value, sources[code]) for name, (value, code) in found.items() if value not in (None, "")}


def _work(worker: Worker) -> str:
    if worker.employment_status == EmploymentStatus.RETIRED:
        return Work.RETIRED
    if worker.employment_status in {EmploymentStatus.FLEXIBLE, EmploymentStatus.OWN_BUSINESS}:
        return Work.FLEXIBLE
    if worker.employment_status == EmploymentStatus.EMPLOYED:
        return Work.FLEXIBLE if worker.employment_form in _FLEXIBLE_FORMS else Work.EMPLOYED
    return ""


def _contract_months(worker: Worker) -> int | None:
    """Only what is certain: an open-ended contract lasts a year, and no contract is none."""
    if worker.contract_type == ContractType.OPEN_ENDED:
        return 12
    return 0 if worker.contract_type == ContractType.NONE else None


def comparisons(application: HousingApplication) -> list[Comparison]:
    """For the reviewer: each declared value that the departments' data can be held against."""
    worker, sources = application.worker, sources_of(application.worker)
    rows = [
        _insurance(application, worker, sources["pension_months"]),
        _fund(application, worker, sources["housing_fund"]),
        _contract(application, worker, sources["contract_type"]),
        _residence(application, worker, sources["residence_months"]),
        _income(application, worker, sources["monthly_income"]),
        _home(application, worker, sources["housing_tenure"]),
        _marriage(application, worker, sources["marital_status"]),
        _birth(application, worker, sources["birth_date"]),
    ]
    return rows


def _months(value: int | None) -> str:
    return _("{months} 个月").format(months=value) if value is not None else ""


def _insurance(application: HousingApplication, worker: Worker, source: str) -> Comparison:
    """The registry counts months in all, the rule months in a row: fewer in all settles it, more does not."""
    declared, held = application.insurance_months, worker.pension_months
    agrees = False if held is not None and (declared or 0) > held else None
    held_words = _("累计 {months} 个月").format(months=held) if held is not None else ""
    return Comparison(_("社保连续缴费"), _months(declared), held_words, source, agrees)


def _fund(application: HousingApplication, worker: Worker, source: str) -> Comparison:
    paying = worker.housing_fund in {HousingFund.PAYING, HousingFund.FLEXIBLE}
    declares = bool(application.fund_months)
    agrees = None if not worker.housing_fund or not declares else paying
    return Comparison(_("公积金"), _months(application.fund_months), worker.get_housing_fund_display(), source, agrees)


def _contract(application: HousingApplication, worker: Worker, source: str) -> Comparison:
    signed = worker.contract_type not in {"", ContractType.NONE, ContractType.SERVICE}
    agrees = None if not worker.contract_type or not application.contract_months else signed
    words = {0: _("没有"), 6: _("不到 1 年"), 12: _("1 年以上")}
    declared = words.get(application.contract_months, _months(application.contract_months))
    return Comparison(_("劳动合同"), declared, worker.get_contract_type_display(), source, agrees)


def _residence(application: HousingApplication, worker: Worker, source: str) -> Comparison:
    declared, held = application.residence_months, worker.residence_months
    agrees = None if held is None or declared is None else declared <= held
    return Comparison(_("连续居住"), _months(declared), _months(held), source, agrees)


def _income(application: HousingApplication, worker: Worker, source: str) -> Comparison:
    """More than a tenth below the registry's figure is worth a look."""
    declared, held = application.income_fen, worker.monthly_income_fen
    agrees = None if held is None or declared is None else declared >= held * 9 // 10
    shown = fen_short(held) if held is not None else ""
    return Comparison(_("本人月收入"), fen_short(declared), shown, source, agrees)


def _home(application: HousingApplication, worker: Worker, source: str) -> Comparison:
    """Somebody who lives in a home of their own and declares none."""
    owns = worker.housing_tenure == HousingTenure.OWN
    agrees = None if not worker.housing_tenure else not (owns and not application.home_m2)
    held = worker.get_housing_tenure_display()
    if worker.living_area is not None:
        held = _("{tenure}，人均 {area}㎡").format(tenure=held, area=worker.living_area)
    declared = _("{area}㎡").format(area=application.home_m2) if application.home_m2 else _("主城没有住房")
    return Comparison(_("住房"), declared, held, source, agrees)


def _marriage(application: HousingApplication, worker: Worker, source: str) -> Comparison:
    spouse = any(row.relation == Relation.SPOUSE for row in application.members.all())
    married = worker.marital_status in {
        Marital.MARRIED,
        Marital.FIRST_MARRIAGE,
        Marital.REMARRIED,
        Marital.RESTORED,
    }
    agrees = None if not worker.marital_status else spouse == married
    declared = _("写了配偶") if spouse else _("没有写配偶")
    return Comparison(_("婚姻"), declared, worker.get_marital_status_display(), source, agrees)


def _birth(application: HousingApplication, worker: Worker, source: str) -> Comparison:
    declared, held = application.birth_date, worker.birth_date
    agrees = None if held is None else declared == held
    return Comparison(_("出生日期"), str(declared or ""), str(held or ""), source, agrees)


def also_applied(application: HousingApplication) -> list[str]:
    """Numbers of other open applications on which a member of this household stands."""
    people = [bytes(row.id_number_index) for row in application.members.all()]
    if application.worker.id_number_index is not None:
        people.append(bytes(application.worker.id_number_index))
    others = HousingApplication.objects.open().exclude(pk=application.pk).exclude(number=None)
    by_member = others.filter(members__id_number_index__in=people)
    by_applicant = others.filter(worker__id_number_index__in=people)
    return sorted({*by_member.values_list("number", flat=True), *by_applicant.values_list("number", flat=True)})
