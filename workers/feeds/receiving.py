"""Taking an upload in without its plain text ever lying on a disk.

Django keeps an upload of more than 2.5 MB as a plain temporary file. Here every piece is sealed as it arrives.
"""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.translation import gettext as _

from core.errors import Refusal

from . import files, sealedfile
from .reading.tables import LARGEST_BYTES

FIELD = "file"


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
