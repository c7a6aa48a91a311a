"""Department files and returned workbooks at rest: sealed while they are received, opened without leaving a trace.

Layout: a header of 256 bytes, then ciphertexts of 1 MiB each (AES-256-GCM). The header holds the file's own random key,
sealed like any personal value (`core.crypto`) and bound to the owner's uuid. Chunk nonces count upwards and their last
byte marks the final chunk, so a cut, reordered or lengthened file does not open. A key of its own per file is what
makes counted nonces safe, and lets a rotation rewrite 256 bytes instead of gigabytes: `rotate_keys` brings
the files under the first key of FIELD_KEYS that way; until then they open as long as their old key is configured.
"""

import base64
import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from core import crypto
from core.errors import Refusal

# Below MEDIA_ROOT; everything in it is sealed by this module.
FOLDER = "feeds"
PART = ".part"
CHUNK_BYTES = 1 << 20
HEADER_BYTES = 256
_MAGIC = b"YGTFILE1"
_TAG_BYTES = 16
_LABEL = "workers.feeds.file"
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True)
class Kept:
    """What was sealed: bytes and SHA-256 of the content, by which the same file is known again."""

    size: int
    digest: bytes


class SealedWriter:
    """A file to write to (`write`, then `close`); what reaches the disk is ciphertext only.

    Nothing stands under `path` until `close`, and nothing is left after `discard` or a failed write. A full disk is a
    `Refusal`.
    """

    def __init__(self, path: Path, *, row: UUID, label: str) -> None:
        self._path, self._part = path, path.with_name(path.name + PART)
        key = AESGCM.generate_key(256)
        self._cipher, self._bound = AESGCM(key), _bound(row, label)
        self._buffer, self._number, self._size, self._digest = bytearray(), 0, 0, hashlib.sha256()
        with _full_disk_is_a_sentence():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._part.unlink(missing_ok=True)  # of a process that was killed
            self._file = os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)
        self._put(_header(row, key))

    def write(self, data: bytes) -> int:
        """Take bytes of any length; whole chunks go to the disk, the last one waits for `close`."""
        self._size += len(data)
        self._digest.update(data)
        self._buffer += data
        while len(self._buffer) > CHUNK_BYTES:
            self._seal_chunk(bytes(self._buffer[:CHUNK_BYTES]), last=False)
            del self._buffer[:CHUNK_BYTES]
        return len(data)

    def flush(self) -> None:
        """Nothing to do: a chunk is written when it is full."""

    def close(self) -> Kept:
        """Seal the final chunk and put the file in its place."""
        self._seal_chunk(bytes(self._buffer), last=True)
        try:
            with _full_disk_is_a_sentence():
                os.fsync(self._file.fileno())
                self._file.close()
                self._part.rename(self._path)
        except BaseException:
            self.discard()
            raise
        return Kept(self._size, self._digest.digest())

    def discard(self) -> None:
        """Forget what was written so far."""
        self._file.close()
        self._part.unlink(missing_ok=True)

    def _seal_chunk(self, chunk: bytes, *, last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._number, last), chunk, self._bound))
        self._number += 1

    def _put(self, sealed: bytes) -> None:
        try:
            _write(self._file, sealed)
        except BaseException:
            self.discard()
            raise


@contextmanager
def writing(path: Path, *, row: UUID, label: str) -> Iterator[SealedWriter]:
    """A sealed file to write; an error inside leaves nothing behind."""
    writer = SealedWriter(path, row=row, label=label)
    try:
        yield writer
    except BaseException:
        writer.discard()
        raise
    writer.close()


def seal(pieces: Iterable[bytes], path: Path, *, row: UUID, label: str) -> Kept:
    """Seal a stream of bytes, such as `upload.chunks()`, without its plain text ever reaching the disk."""
    writer = SealedWriter(path, row=row, label=label)
    try:
        for piece in pieces:
            writer.write(piece)
    except BaseException:
        writer.discard()
        raise
    return writer.close()


def stream(path: Path, *, row: UUID, label: str) -> Iterator[bytes]:
    """The content piece by piece. Raises `Refusal` as soon as a piece is missing, moved or changed."""
    try:
        with path.open("rb") as file:
            cipher, bound, number = AESGCM(_key(file.read(HEADER_BYTES), row)), _bound(row, label), 0
            sealed, following = file.read(CHUNK_BYTES + _TAG_BYTES), file.read(CHUNK_BYTES + _TAG_BYTES)
            while following:
                yield cipher.decrypt(_nonce(number, False), sealed, bound)
                sealed, following, number = following, file.read(CHUNK_BYTES + _TAG_BYTES), number + 1
            yield cipher.decrypt(_nonce(number, True), sealed, bound)
    except (FileNotFoundError, crypto.CannotOpen, InvalidTag, ValueError):
        raise Refusal(_("服务器上保存的文件已损坏或不完整，请重新上传。")) from None


@contextmanager
def opened(path: Path, *, row: UUID, label: str) -> Iterator[Path]:
    """The content as a private file that libraries can open by its path, for as long as the block lasts.

    The file has no name in any folder, so the system frees it even when the process is killed.
    """
    with _nameless_file() as plain:
        for piece in stream(path, row=row, label=label):
            _write(plain, piece)
        yield Path(f"/proc/self/fd/{plain.fileno()}")


def key_id_of(path: Path) -> str:
    """Under which key of FIELD_KEYS the file lies. Raises `crypto.CannotOpen` for a file that is none of ours."""
    with path.open("rb") as file:
        _row, sealed = _parsed(file.read(HEADER_BYTES))
    return sealed[2 : 2 + sealed[1]].decode("ascii", "replace")


def rewrap(path: Path) -> bool:
    """Bring the file under the current key by rewriting its header only; False when it already is."""
    if key_id_of(path) == crypto.current_key_id():
        return False
    with path.open("r+b") as file:
        head = file.read(HEADER_BYTES)
        row, _sealed = _parsed(head)
        file.seek(0)
        file.write(_header(row, _key(head, row)))
        file.flush()
        os.fsync(file.fileno())
    return True


def outdated() -> list[Path]:
    """The department files that do not lie under the current key."""
    kept = (path for path in (Path(settings.MEDIA_ROOT) / FOLDER).rglob("*") if path.is_file() and path.suffix != PART)
    return [path for path in kept if key_id_of(path) != crypto.current_key_id()]


def rewrap_all() -> Iterator[int]:
    """Bring all of them under the current key, for `rotate_keys`."""
    for path in outdated():
        yield int(rewrap(path))


def _nameless_file() -> BinaryIO:
    folder = Path(settings.PRIVATE_WORK_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return tempfile.TemporaryFile(dir=folder, buffering=0)


def _write(file: BinaryIO, data: bytes) -> None:
    with _full_disk_is_a_sentence():
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]


@contextmanager
def _full_disk_is_a_sentence() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _DISK_FULL:
            raise
        raise Refusal(_("服务器的磁盘满了，文件没有保存，数据没有变。请联系管理员清理后再试。")) from error


def _bound(row: UUID, label: str) -> bytes:
    return label.encode() + b"\0" + row.bytes


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _header(row: UUID, key: bytes) -> bytes:
    sealed = crypto.seal(_LABEL, row, base64.b64encode(key).decode())
    head = _MAGIC + row.bytes + len(sealed).to_bytes(2, "big") + sealed
    return head.ljust(HEADER_BYTES, b"\0")


def _parsed(head: bytes) -> tuple[UUID, bytes]:
    if len(head) != HEADER_BYTES or not head.startswith(_MAGIC):
        raise crypto.CannotOpen("not a sealed file")
    start = len(_MAGIC)
    length = int.from_bytes(head[start + 16 : start + 18], "big")
    return UUID(bytes=head[start : start + 16]), head[start + 18 : start + 18 + length]


def _key(head: bytes, row: UUID) -> bytes:
    return base64.b64decode(crypto.unseal(_LABEL, row, _parsed(head)[1]))
