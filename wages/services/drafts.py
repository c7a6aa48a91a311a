"""A complaint while it is being written: every answered question is kept at once."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import phones
from core import files
from core.calendar import local_day
from core.errors import Refusal, refuse_unless
from core.models import StoredFile

from .. import law
from ..enums import FieldType
from ..models import Draft, DraftFile, WageCode
from . import resuming

MOST_FILES = 12
PURPOSE = "wages-evidence"


def begin(*, code: WageCode | None, by: Any, at: datetime) -> Draft:
    """A new draft; a wage code fills in the employer, the place and the field."""
    known = _from_code(code) if code else {}
    mark = resuming.draw()
    return Draft.objects.create(
        user=by,
        wage_code=code,
        started_at=at,
        touched_at=at,
        resume_code=mark,
        resume_index=resuming.index_of(mark),
        **known,
    )


def _from_code(code: WageCode) -> dict:
    employer, project = code.employer, code.project
    return {
        "division": code.division,
        "employer_name": employer.name,
        "employer_address": employer.address,
        "employer_principal": employer.legal_representative,
        "employer_principal_title": employer.principal_title,
        "site_name": project.name if project else "",
        "field_type": FieldType.CONSTRUCTION if project else FieldType.OTHER,
    }


def answer(draft: Draft, step: str, values: dict, *, by: Any, at: datetime) -> Draft:
    """Keep one page's answers."""
    for name, value in values.items():
        setattr(draft, name, value)
    if step not in draft.steps_done:
        draft.steps_done = [*draft.steps_done, step]
    draft.touched_at = at
    draft.save(update_fields=[*values, "steps_done", "touched_at"])
    return draft


def attach(draft: Draft, uploads: list[UploadedFile], *, by: Any, at: datetime) -> list[str]:
    """Keep what can be kept and return a sentence for each file that cannot; one bad file loses nothing else."""
    failures: list[str] = []
    for upload in uploads:
        try:
            refuse_unless(
                draft.files.count() < MOST_FILES,
                _("最多 {most} 个文件，“{name}”没有收下。").format(most=MOST_FILES, name=upload.name),
            )
            _keep(draft, upload, by=by, at=at)
        except Refusal as refusal:
            failures.append(refusal.message)
    return failures


def _keep(draft: Draft, upload: UploadedFile, *, by: Any, at: datetime) -> None:
    """The same picture sent twice (a double click, a reload) is kept once."""
    with transaction.atomic():
        stored = files.store(upload, by=by, at=at, purpose=PURPOSE)
        if draft.files.filter(stored__sha256=stored.sha256).exists():
            _drop(stored)
        else:
            DraftFile.objects.create(draft=draft, stored=stored, added_at=at)


def detach(draft: Draft, file_id: int, *, by: Any, at: datetime) -> None:
    """Take a picture back; an unknown one is already gone."""
    row = DraftFile.objects.filter(draft=draft, pk=file_id).select_related("stored").first()
    if row:
        _forget(row)


def pledge(draft: Draft, *, by: Any, at: datetime) -> Draft:
    """The complainant says that it is true."""
    return answer(draft, "check", {"pledged_at": at}, by=by, at=at)


def remember_phone(draft: Draft, phone: str, *, by: Any, at: datetime) -> Draft:
    """Keep the number that was typed. It finds nothing until it is proven: see `keep_for_phone`."""
    return answer(draft, "phone", {"phone": phones.clean(phone), "phone_index": None}, by=by, at=at)


def keep_for_phone(draft: Draft, phone: str, *, by: Any, at: datetime) -> Draft:
    """Bind the draft to a proven phone, so that it can be opened elsewhere, and send its code there."""
    number = phones.clean(phone)
    with transaction.atomic():
        kept = answer(draft, "phone", {"phone": number, "phone_index": phones.index(number)}, by=by, at=at)
        resuming.send_code(kept, number, at=at)
    return kept


def clear_stale(*, at: datetime) -> int:
    """Drop drafts that nobody came back to, with their pictures."""
    stale = list(Draft.objects.stale(at, days=law.draft_days(local_day(at))))
    for draft in stale:
        discard(draft, by=None, at=at)
    return len(stale)


@transaction.atomic
def discard(draft: Draft, *, by: Any, at: datetime) -> None:
    """Throw a draft away, with its pictures."""
    if draft.record_id:
        stored, draft.record = draft.record, None
        draft.save(update_fields=["record"])
        _drop(stored)
    for row in draft.files.select_related("stored"):
        _forget(row)
    draft.delete()


def _forget(row: DraftFile) -> None:
    stored = row.stored
    row.delete()
    _drop(stored)


def _drop(stored: StoredFile) -> None:
    path = files.path_of(stored)
    stored.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
