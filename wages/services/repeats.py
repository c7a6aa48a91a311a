"""What may be the same complaint, shown to who is about to file it for somebody. It stops nothing."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import phones

from ..models import Case, Draft

_SHOWN, _COMPARED = 5, 40


@dataclass(frozen=True)
class Repeat:
    """An open case, and why it may be the same."""

    case: Case
    why: str


def repeats_of(draft: Draft, phone: str) -> list[Repeat]:
    """Open cases from the same phone, and those of a person of this name at the same place about the same months."""
    open_ones = Case.objects.open()
    same_phone = open_ones.filter(phone_index=phones.index(phone)).order_by("-pk")[:_SHOWN]
    found = {case.pk: Repeat(case, _("同一手机号")) for case in same_phone}
    place = _place(draft)
    if place is not None and draft.name:
        name, others = draft.name.open(), open_ones.filter(place, owed_months__overlap=draft.owed_months)
        for case in others.exclude(pk__in=found).order_by("-pk")[:_COMPARED]:
            if case.name and case.name.open() == name:
                found[case.pk] = Repeat(case, _("同名、同一单位、同一月份"))
    return list(found.values())[:_SHOWN]


def _place(draft: Draft) -> Q | None:
    if not draft.owed_months:
        return None
    if draft.wage_code_id:
        return Q(wage_code=draft.wage_code_id)
    return Q(employer_name=draft.employer_name) if draft.employer_name else None
