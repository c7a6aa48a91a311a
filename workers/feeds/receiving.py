"""Taking a file in without its plain text ever lying on a disk, and queueing it for checking.

Django keeps an upload of more than 2.5 MB as a plain temporary file. Here every piece is sealed as it arrives.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.calendar import local_day
from core.errors import Refusal, refuse_unless, require

from .. import policies
from ..enums import Source
from ..models import FeedBatch, FeedState
from ..precedence import EPOCH
from . import files, running, sealedfile
from .reading import profiles
from .reading.tables import LARGEST_BYTES

FIELD = "file"
STANDING = (FeedState.APPLYING, FeedState.APPLIED, FeedState.UNDOING)


def receive(
    pieces: Iterator[bytes], name: str, *, source: Source, observed_on: date, by: Any, at: datetime
) -> FeedBatch:
    """Seal a stream of bytes and queue it for checking; see `take_in`."""
    _refuse_wrong(source, observed_on, by, at)
    sealed_name, kept = files.keep(pieces)
    return take_in(sealed_name, kept, name, source=source, observed_on=observed_on, by=by, at=at)


def take_in(
    sealed_name: str, kept: sealedfile.Kept, name: str, *, source: Source, observed_on: date, by: Any, at: datetime
) -> FeedBatch:
    """Queue a file that lies sealed already for checking.

    Raises `Refusal` for a file that stands in the registry already, and deletes it.
    """
    try:
        _refuse_wrong(source, observed_on, by, at)
        with transaction.atomic():
            batch = FeedBatch.objects.create(
                source=source,
                name=name[:200],
                digest=kept.digest,
                size_bytes=kept.size,
                sealed_name=sealed_name,
                observed_on=observed_on,
                uploaded_by=by,
                uploaded_at=at,
            )
            _refuse_repeated(batch)
            audit.record("workers.feed_received", batch, by=by, at=at, source=int(source), size=kept.size)
            outbox.put(running.TOPIC, batch, at=at)
    except BaseException:
        files.remove(sealed_name)
        raise
    return batch


def _refuse_wrong(source: Source, observed_on: date, by: Any, at: datetime) -> None:
    require(policies.may_import(by), _("只有市级工作人员可以导入部门数据。"))
    profiles.of(source)
    refuse_unless(observed_on <= local_day(at), _("数据日期不能晚于今天。"), field="observed_on")
    earliest = _("数据日期不能早于 {year} 年。").format(year=EPOCH.year)
    refuse_unless(observed_on >= EPOCH, earliest, field="observed_on")


def _refuse_repeated(batch: FeedBatch) -> None:
    same = FeedBatch.objects.filter(source=batch.source, digest=batch.digest, state__in=STANDING).first()
    if same is not None:
        raise Refusal(
            _("同样的文件已经导入过（第 {id} 批，{name}），没有任何变化。").format(id=same.pk, name=same.name)
        )


class SealedUpload(UploadedFile):
    """An upload that lies sealed already: its name in the store, and what it was."""

    def __init__(self, name: str, *, sealed_name: str, kept: sealedfile.Kept) -> None:
        super().__init__(file=None, name=name, size=kept.size)
        self.sealed_name, self.kept = sealed_name, kept


class SealingUploadHandler(FileUploadHandler):
    """Seals the one file of a form. Whatever was not taken over by `take` is deleted by `discard`.

    What goes wrong does not stop the request: `refusal` holds the sentence, for the form's field.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.refusal: Refusal | None = None
        self._sealed_name = ""
        self._writer: sealedfile.SealedWriter | None = None

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        super().new_file(field_name, *args, **kwargs)
        if field_name != FIELD or self._sealed_name:
            raise SkipFile
        try:
            self._sealed_name, self._writer = files.writing()
        except Refusal as full:
            self._give_up(full)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > LARGEST_BYTES:
            self._give_up(Refusal(_("文件超过 {n} GB，请分成几个文件。").format(n=LARGEST_BYTES >> 30)))
        try:
            self._writer.write(raw_data)
        except Refusal as full:
            self._give_up(full)

    def file_complete(self, file_size: int) -> SealedUpload | None:
        if self._writer is None:
            return None
        try:
            kept = self._writer.close()
        except Refusal as full:
            self.refusal = full
            return None
        finally:
            self._writer = None
        return SealedUpload(self.file_name, sealed_name=self._sealed_name, kept=kept)

    def _give_up(self, refusal: Refusal) -> None:
        self.refusal = refusal
        self.discard()
        raise SkipFile

    def take(self) -> None:
        """The file belongs to somebody else now."""
        self._sealed_name = ""

    def discard(self) -> None:
        """Delete what was received, also half of it."""
        if self._writer is not None:
            self._writer.discard()
            self._writer = None
        if self._sealed_name:
            files.remove(self._sealed_name)
            self._sealed_name = ""
