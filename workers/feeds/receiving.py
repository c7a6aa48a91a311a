"""Taking a file in without its plain text ever lying on a disk, and queueing it for checking.

Django keeps an upload of more than 2.5 MB as a plain temporary file. Here every piece is sealed as it arrives.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.calendar import local_day
from core.errors import Refusal, refuse_unless, require

from ..enums import Source
from ..models import FeedBatch, FeedState
from ..models.feed import FileBatch
from ..precedence import EPOCH
from . import files, kinds, sealedfile
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
    batch = FeedBatch(source=source, observed_on=observed_on)
    return queue(
        batch,
        sealed_name,
        kept,
        name,
        check=lambda: _refuse_wrong(source, observed_on, by, at),
        by=by,
        at=at,
        source=int(source),
    )


def queue(
    batch: FileBatch,
    sealed_name: str,
    kept: sealedfile.Kept,
    name: str,
    *,
    check: Callable[[], None],
    by: Any,
    at: datetime,
    **noted: Any,
) -> FileBatch:
    """Keep a new batch of any kind and queue it. `check` refuses what is wrong with it; `noted` goes into the audit.

    Raises `Refusal` for a file that stands already. Whatever goes wrong, the sealed file is deleted.
    """
    kind = kinds.of(batch)
    try:
        require(kind.may(by, None), str(kind.denied))
        check()
        batch.name, batch.digest, batch.size_bytes, batch.sealed_name = name[:200], kept.digest, kept.size, sealed_name
        batch.uploaded_by, batch.uploaded_at = by, at
        with transaction.atomic():
            batch.save(force_insert=True)
            _refuse_repeated(batch)
            audit.record(f"{kind.trail}_received", batch, by=by, at=at, size=kept.size, **noted)
            outbox.put(kind.topic, batch, at=at)
    except BaseException:
        files.remove(sealed_name)
        raise
    return batch


def _refuse_wrong(source: Source, observed_on: date, by: Any, at: datetime) -> None:
    registry = kinds.of(FeedBatch)
    require(registry.may(by, None), str(registry.denied))
    profiles.of(source)
    refuse_unless(observed_on <= local_day(at), _("数据日期不能晚于今天。"), field="observed_on")
    earliest = _("数据日期不能早于 {year} 年。").format(year=EPOCH.year)
    refuse_unless(observed_on >= EPOCH, earliest, field="observed_on")


def _refuse_repeated(batch: FileBatch) -> None:
    agree = {name: getattr(batch, name) for name in kinds.of(batch).same}
    same = type(batch)._base_manager.filter(digest=batch.digest, state__in=STANDING, **agree).first()
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
