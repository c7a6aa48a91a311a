"""What the complainant may still do. Callers have proven who it is: account, or a code sent to the case's phone."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, files, outbox
from core.calendar import local_day
from core.errors import Refusal, refuse_unless
from core.transitions import move

from ..enums import OPEN, CaseState, EvidenceKind
from ..models import Case, Evidence
from ..terms import OURS
from . import _clocks, _links, _timers
from .drafts import PURPOSE

MOST_EVIDENCE = 30


def add_evidence(case: Case, uploads: list[UploadedFile], *, by: Any, at: datetime) -> tuple[int, list[str]]:
    """Keep more pictures: how many were kept, and a sentence for each that was not."""
    refuse_unless(case.state in OPEN, _("案件已结束，不能再补充材料。"))
    kept, failures = 0, []
    for upload in uploads:
        try:
            with transaction.atomic():
                _add(case, upload, by=by, at=at)
            kept += 1
        except Refusal as refusal:
            failures.append(refusal.message)
    if kept:
        audit.record("add_evidence", case, by=by, at=at, files=kept)
        outbox.put("wages.evidence_added", case, at=at)
    return kept, failures


def _add(case: Case, upload: UploadedFile, *, by: Any, at: datetime) -> None:
    many = _("一起案件最多 {most} 份材料，“{name}”没有收下。").format(most=MOST_EVIDENCE, name=upload.name)
    refuse_unless(case.evidence.count() < MOST_EVIDENCE, many)
    stored = files.store(upload, by=by, at=at, purpose=PURPOSE)
    kind = EvidenceKind.PHOTO if stored.content_type.startswith("image/") else EvidenceKind.PAPER
    Evidence.objects.create(case=case, stored=stored, kind=kind, added_at=at)


@transaction.atomic
def add_words(case: Case, words: str, *, by: Any, at: datetime) -> Case:
    """Add to the story; what was said before stays."""
    refuse_unless(case.state in OPEN, _("案件已结束，不能再补充材料。"))
    fresh = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    before = f"{fresh.facts.open()}\n" if fresh.facts else ""
    fresh.facts = f"{before}{words}"
    fresh.save(update_fields=["facts"])
    audit.record("add_words", fresh, by=by, at=at)
    return fresh


@transaction.atomic
def supply(case: Case, *, by: Any, at: datetime) -> Case:
    """The supplements are complete: the clock of acceptance runs on from here."""
    stopped = case.supplement_asked_at
    refuse_unless(case.state == CaseState.SUPPLEMENT and stopped is not None, _("现在不需要补正材料。"))
    columns = _clocks.after_supplement(case, stopped_on=local_day(stopped), resumed_on=local_day(at))
    case = move(case, "supply", by=by, at=at, **columns)
    outbox.put("wages.supplied", case, at=at)
    return case


@transaction.atomic
def withdraw(case: Case, *, by: Any, at: datetime) -> Case:
    """Take the complaint back; it ends the case, not the debt."""
    case = move(case, "withdraw", by=by, at=at, reason=_("投诉人撤回"), closed_at=at)
    _timers.stop(case, *OURS, on=local_day(at))
    _links.case_ended(case, by=by, at=at)
    outbox.put("wages.closed", case, at=at)
    return case
