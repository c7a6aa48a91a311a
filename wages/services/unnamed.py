"""不让单位知道名字: asked for with the complaint or later, lifted only by the person, and both on record."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import audit
from core.errors import refuse_unless

from ..confidentiality import Person, named_in
from ..enums import Kind
from ..models import Case, Claimant


def people_of(case: Case) -> list[Person]:
    """Everybody of the case as letters see them: those who were not taken out as somebody's double."""
    rows = case.claimants.filter(double_of__isnull=True).order_by("place", "pk")
    return [
        Person(row.name.open() if row.name else "", row.confidential or case.kind == Kind.REPORT, row.stands_for)
        for row in rows
    ]


def refuse_names(case: Case, text: str) -> None:
    """An official must not write the name of somebody unnamed into a letter to the employer."""
    found = named_in(text, people_of(case))
    refuse_unless(not found, _("正文里写了要求对单位保密的人的名字，请改成“某某”。"), field="note")


def is_unnamed(case: Case) -> bool:
    """Whether the complainant's own row asks for it."""
    return case.kind == Kind.REPORT or _own(case).filter(confidential=True).exists()


@transaction.atomic
def ask_confidential(case: Case, *, by: Any, at: datetime) -> Case:
    """From now on no letter names this person."""
    changed = _own(case).filter(confidential=False).update(confidential=True)
    refuse_unless(bool(changed), _("已经是保密的了。"))
    audit.record("ask_confidential", case, by=by, at=at)
    return case


@transaction.atomic
def agree_named(case: Case, *, by: Any, at: datetime) -> Case:
    """The person's own agreement; callers have proven who it is: the account, or a code to the case's phone."""
    refuse_unless(case.kind != Kind.REPORT, _("举报人一直保密，不用改。"))
    changed = _own(case).filter(confidential=True).update(confidential=False)
    refuse_unless(bool(changed), _("已经同意过了。"))
    audit.record("agree_named", case, by=by, at=at)
    return case


def _own(case: Case) -> QuerySet[Claimant]:
    """The row of who filed; in a group the others decide for themselves."""
    own = case.own_claimants.filter(double_of__isnull=True)
    if case.headcount == 1:
        return own
    mine = Q(phone_index=case.phone_index) if case.phone_index else Q(pk__in=[])
    return own.filter(mine | Q(user=case.user) if case.user_id else mine)
