"""Files and their rows, compared: a transaction that failed leaves a file without a row; nothing should lose one.

A file is written before its row is committed, so one without a row may belong to an upload that is still running.
Only those that no transaction can still be working on are removed. Where many files have no row, it is more likely
that the rows are gone (a restored or foreign database) than the files: then nothing is removed unless asked for.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from . import files
from .errors import refuse_unless
from .models import StoredFile

SETTLED_AFTER = timedelta(hours=24)
# A few leftovers are ordinary; a larger share of all files is not.
ORDINARY, ORDINARY_SHARE = 100, 0.05
_PREFIXES = [f"{number:02x}" for number in range(256)]


@dataclass(frozen=True)
class Store:
    """A matter's own folder below MEDIA_ROOT: its files, and whether a row still needs one of them."""

    paths: Callable[[], Iterable[Path]]
    is_needed: Callable[[Path], bool]


_stores: list[Store] = []


def also(store: Store) -> None:
    """Sweep this, too."""
    _stores.append(store)


@dataclass
class Found:
    """What a comparison found: leftovers to remove, and rows whose file is missing or has another length."""

    files: int = 0
    leftovers: list[Path] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)

    @property
    def is_ordinary(self) -> bool:
        return len(self.leftovers) <= max(ORDINARY, self.files * ORDINARY_SHARE)


def compare(*, at: datetime, settled_after: timedelta = SETTLED_AFTER) -> Found:
    """Look at every file and every row, a 256th at a time."""
    found, settled = Found(), (at - settled_after).timestamp()
    for prefix in _PREFIXES:
        # Rows first: the file of a committed row is there already.
        rows = StoredFile.objects.filter(token__startswith=prefix)
        known = {token: (pk, size) for token, pk, size in rows.values_list("token", "pk", "size_bytes")}
        there = {entry.name: entry.stat() for entry in _files(prefix)}
        found.files += len(there)
        for token, stat in there.items():
            if token not in known and stat.st_mtime < settled:
                found.leftovers.append(files.path_of(StoredFile(token=token)))
        for token, (pk, size) in known.items():
            if token not in there or there[token].st_size != size:
                found.damaged.append(pk)
    for store in _stores:
        for path in store.paths():
            found.files += 1
            if _modified(path) < settled and not store.is_needed(path):
                found.leftovers.append(path)
    found.damaged = _still_damaged(found.damaged)
    return found


def remove(found: Found, *, everything: bool = False) -> int:
    """Delete the leftovers, each after one more look for its row. Raises `Refusal` when there are suspiciously many."""
    refuse_unless(
        found.is_ordinary or everything,
        _("{n} 个文件没有记录，多得不正常：数据库可能不是这些文件的。什么都没有删除。").format(n=len(found.leftovers)),
    )
    removed = 0
    for path in found.leftovers:
        if not _is_needed(path):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _is_needed(path: Path) -> bool:
    return StoredFile.objects.filter(token=path.name).exists() or any(store.is_needed(path) for store in _stores)


def _modified(path: Path) -> float:
    """When it was written last; a file that has gone meanwhile counts as new."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _files(prefix: str) -> Iterator[os.DirEntry]:
    """What lies in the folders of one beginning; other people's files are not ours to judge."""
    top = Path(settings.MEDIA_ROOT) / prefix
    for folder in sorted(top.iterdir()) if top.is_dir() else ():
        with os.scandir(folder) as entries:
            yield from (entry for entry in entries if entry.is_file() and entry.name.startswith(prefix + folder.name))


def _still_damaged(pks: list[int]) -> list[int]:
    """Those that were not deleted, file and row together, while we looked."""
    rows = StoredFile.objects.filter(pk__in=pks).order_by("pk")
    return [row.pk for row in rows if _length(files.path_of(row)) != row.size_bytes]


def _length(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None
