"""Papers handed in: each file on its own, so that one bad photo loses none of the others."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit, files
from core.errors import Refusal, refuse_unless, require

from .. import policies
from ..enums import DocumentKind, State
from ..models import Document, HousingApplication
from ._steps import NOT_YOURS, fresh, note_for

MOST_PER_KIND = 10
ADDING = {State.DRAFT, State.DOCS_DUE, State.SUBMITTED, State.PRELIMINARY_REVIEW}
REMOVING = {State.DRAFT, State.DOCS_DUE}


def attach(
    application: HousingApplication, kind: DocumentKind, uploads: list[UploadedFile], *, by: User, at: datetime
) -> tuple[int, list[str]]:
    """Keep the files that can be kept; returns how many, and a sentence for each that cannot."""
    require(policies.may_edit(by, application, at=at), NOT_YOURS)
    refuse_unless(application.state in ADDING, _("现在不能再交材料。"))
    kept, problems = 0, []
    for upload in uploads:
        try:
            _keep(application, kind, upload, by=by, at=at)
            kept += 1
        except Refusal as refusal:
            problems.append(refusal.message)
    return kept, problems


@transaction.atomic
def _keep(application: HousingApplication, kind: DocumentKind, upload: UploadedFile, *, by: User, at: datetime) -> None:
    application = fresh(application)  # the count below is shared, and what was found complete stays so
    refuse_unless(application.state in ADDING, _("现在不能再交材料。"))
    there = Document.objects.filter(application=application, kind=kind).count()
    refuse_unless(there < MOST_PER_KIND, _("每类材料最多 {most} 个文件。").format(most=MOST_PER_KIND))
    stored = files.store(upload, by=by, at=at, purpose="housing")
    Document.objects.create(application=application, kind=kind, file=stored)
    _touch(application, at)
    note_for(application, _("交了材料：{kind}").format(kind=DocumentKind(kind).label), by=by, at=at)
    if application.state != State.DRAFT:
        audit.record("hand_in", application, by=by, at=at, kind=str(kind))


@transaction.atomic
def detach(document: Document, *, by: User, at: datetime) -> None:
    """Take one paper back, file and all."""
    application = fresh(document.application)
    require(policies.may_edit(by, application, at=at), NOT_YOURS)
    refuse_unless(application.state in REMOVING, _("材料已经交上去，不能删。可以再补交。"))
    if application.state != State.DRAFT:
        audit.record("take_back", application, by=by, at=at, kind=document.kind)
    _touch(application, at)
    note_for(application, _("删了材料：{kind}").format(kind=document.get_kind_display()), by=by, at=at)
    drop_files([document])


def _touch(application: HousingApplication, at: datetime) -> None:
    """A draft's papers are part of what is saved, and of what an applicant's code agrees to."""
    HousingApplication.objects.filter(pk=application.pk, state=State.DRAFT).update(saved_at=at)


def drop_files(documents: list[Document]) -> None:
    """Delete rows at once and the files after the commit."""
    for document in documents:
        stored = document.file
        document.delete()
        path = files.path_of(stored)
        stored.delete()
        transaction.on_commit(lambda path=path: path.unlink(missing_ok=True))
