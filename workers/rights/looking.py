"""Who looked at a person, wherever in the portal: put together from the trail, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from core.models import AuditEntry
from core.pagination import KeysetPaginator, Page

from ..indicators import INDICATORS
from . import registry
from .copying import person_of

_LABELS = {row.number: row.label for row in INDICATORS}
PER_PAGE = 30


@dataclass(frozen=True)
class Look:
    """Who, when, and in words what at and why."""

    who: str
    at: datetime
    words: tuple[str, ...]


def page_of(user: Any, *, cursor: str) -> Page:
    """One page of `Look`s, the newest first."""
    person, wanted = person_of(user), Q(pk__in=[])
    words: dict[tuple[str, str], Any] = {}
    for kind in registry.all_looks():
        wanted |= Q(subject_type=kind.subject_type, subject_id__in=kind.ids(person), verb__in=list(kind.verbs))
        words |= {(kind.subject_type, verb): said for verb, said in kind.verbs.items()}
    page = KeysetPaginator(AuditEntry.objects.filter(wanted), order=("-id",), per_page=PER_PAGE).page(cursor)
    page.items[:] = [_look(entry, words[entry.subject_type, entry.verb]) for entry in page.items]
    return page


def _look(entry: AuditEntry, said: Any) -> Look:
    what = str(said).format(label=_LABELS.get(entry.data.get("indicator"), _("号码")))
    return Look(entry.actor, entry.at, (what, entry.reason))
