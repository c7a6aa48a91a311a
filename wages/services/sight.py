"""Reading what was told in confidence is an act: it is on record before anything is shown, and the worker sees it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import workers.services
from core import audit
from core.errors import refuse_unless, require

from .. import policies
from ..models import Case, Document, Evidence
from ..timeline import SIGHTS
from ._rights import NOT_YOURS

AGAIN_AFTER = timedelta(minutes=30)


def read_case(case: Case, *, by: Any, at: datetime) -> None:
    """An official opens the case with what the complainant said.

    Here as below, the same official opening the same thing again within half an hour (`AGAIN_AFTER`) is one reading
    and one entry. Auditors, and officials who stepped aside, see that a case exists and never what is in it.
    """
    _note("read_case", case, by=by, at=at)


def read_letter(letter: Document, *, by: Any, at: datetime) -> None:
    """An official opens a letter, which is addressed by name."""
    _note("read_letter", letter.case, by=by, at=at, letter=letter.pk)


def read_evidence(evidence: Evidence, *, by: Any, at: datetime) -> None:
    """An official opens a photo or paper of the complainant's."""
    _note("read_evidence", evidence.case, by=by, at=at, evidence=evidence.pk)


def reveal_phone(case: Case, *, by: Any, at: datetime, reason: str) -> str:
    """The complainant's full number, for a stated reason; every time is an entry of its own."""
    require(policies.may_reveal(by, case), NOT_YOURS)
    refuse_unless(case.phone is not None, _("这起案件没有留手机号。"))
    _record("reveal_phone", case, by=by, at=at, reason=reason)
    return case.phone.open()


def _note(verb: str, case: Case, *, by: Any, at: datetime, **what: int) -> None:
    require(policies.may_read(by, case), NOT_YOURS)
    same = {f"data__{name}": pk for name, pk in what.items()}
    lately = audit.timeline(case).filter(verb=verb, actor_id=by.pk, at__gt=at - AGAIN_AFTER, **same)
    if not lately.exists():
        _record(verb, case, by=by, at=at, **what)


@transaction.atomic
def _record(verb: str, case: Case, *, by: Any, at: datetime, **details: Any) -> None:
    """In the case's trail, and where the worker looks for who looked. There without the number: a reader of the
    registry's trail does not learn whose case it is."""
    audit.record(verb, case, by=by, at=at, **details)
    if case.worker_id:
        workers.services.note_viewed(case.worker, by=by, at=at, purpose=_("欠薪投诉：{what}").format(what=SIGHTS[verb]))
