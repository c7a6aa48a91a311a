"""Where a file and the workbook of its returned rows lie, sealed; their names say nothing."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Q

from ..models.feed import FileBatch
from . import kinds, sealedfile

UPLOAD, RETURNED = "upload", "returned"


def _path(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "feeds" / name


def keep(pieces: Iterator[bytes]) -> tuple[str, sealedfile.Kept]:
    """Seal an upload; returns its name and what it was."""
    name = uuid4().hex
    return name, sealedfile.seal(pieces, _path(name), row=UUID(name), label=UPLOAD)


def writing() -> tuple[str, sealedfile.SealedWriter]:
    """A sealed upload to write to piece by piece, and its name."""
    name = uuid4().hex
    return name, sealedfile.SealedWriter(_path(name), row=UUID(name), label=UPLOAD)


def remove(name: str) -> None:
    """Delete a sealed file, such as an upload that no batch took over."""
    _path(name).unlink(missing_ok=True)


def opened(batch: FileBatch) -> AbstractContextManager[Path]:
    """The upload as a private file for as long as the block lasts."""
    return sealedfile.opened(_path(batch.sealed_name), row=UUID(batch.sealed_name), label=UPLOAD)


def returning(name: str, number: int) -> AbstractContextManager[sealedfile.SealedWriter]:
    """A workbook of returned rows to write; the second and further ones end in their number."""
    return sealedfile.writing(_path(_numbered(name, number)), row=UUID(name), label=f"{RETURNED}{number}")


def returned(batch: FileBatch, number: int) -> Iterator[bytes]:
    """The content of a workbook of returned rows."""
    name = batch.returned_name
    return sealedfile.stream(_path(_numbered(name, number)), row=UUID(name), label=f"{RETURNED}{number}")


def forget(batch: FileBatch) -> None:
    """Delete the upload and what was returned of it."""
    if batch.sealed_name:
        remove(batch.sealed_name)
    forget_returned(batch)


def forget_returned(batch: FileBatch) -> None:
    """Delete the workbooks of returned rows."""
    if batch.returned_name:
        for number in range(1, batch.counts.get("books", 0) + 1):
            remove(_numbered(batch.returned_name, number))


def lying() -> list[Path]:
    """Every sealed file there is, parts of uploads included."""
    folder = _path("x").parent
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def is_needed(path: Path) -> bool:
    """Whether a batch knows the file. A part grows while its upload runs, and one that does not is nobody's."""
    if path.parent != _path(path.name).parent or path.suffix == sealedfile.PART:
        return False
    name = path.name.partition("-")[0]
    known = Q(sealed_name=name) | Q(returned_name=name)
    return any(kind.model._base_manager.filter(known).exists() for kind in kinds.every())


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"
