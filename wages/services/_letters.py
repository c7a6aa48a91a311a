"""Issuing a letter: its number, its words, the rule's version, and its place in the case."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from core.calendar import local_day

from .. import confidentiality, letters
from ..enums import DocumentKind
from ..models import Case, Document
from . import unnamed


def next_serial(sequence: str) -> int:
    """The next value of one of our sequences; gaps are allowed, repeats are not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass)", [sequence])
        return cursor.fetchone()[0]


def issue(
    case: Case,
    kind: DocumentKind,
    *,
    by: Any,
    at: datetime,
    ground: str = "",
    text: str = "",
    rule: str = "",
    **facts: Any,
) -> Document:
    """Write the letter that a decision owes in writing."""
    day = local_day(at)
    if kind in letters.TO_THE_EMPLOYER:
        unnamed.refuse_names(case, text)
        facts["people"] = confidentiality.in_words(unnamed.people_of(case))
    number = _("渝劳监〔{year}〕{serial}号").format(year=day.year, serial=next_serial("wages_document_serial"))
    return Document.objects.create(
        case=case,
        division=case.seat,
        kind=kind,
        number=number,
        ground=ground,
        text=letters.compose(kind, case, on=day, ground=ground, text=text, **facts),
        rule=rule,
        issued_at=at,
        issued_by=by,
    )
