"""Skip what is done: a database that was prepared from these very files needs no second look."""

import hashlib
from pathlib import Path

from .places import ROOT

# What decides about the schema and the demo's people.
SOURCES = ("*/migrations/*.py", "*/demo.py", "*/demo/**/*.py", "*/management/commands/seed_demo.py", "requirements.txt")
_STAMP = "prepared-from"


def fingerprint(root: Path, *words: str) -> str:
    """Tell one state of the sources, and one wish of the person, from another."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in sorted(path for pattern in SOURCES for path in root.glob(pattern)):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_prepared(data: Path, *words: str) -> bool:
    """Tell whether the cluster in `data` was prepared from what stands here now."""
    stamp = data / _STAMP
    return stamp.exists() and stamp.read_text() == fingerprint(ROOT, *words)


def note(data: Path, *words: str) -> None:
    """Note it inside the cluster's own folder, so that the note goes when the data go."""
    (data / _STAMP).write_text(fingerprint(ROOT, *words))


def forget(data: Path) -> None:
    """Look again next time: somebody may have changed the database by hand."""
    (data / _STAMP).unlink(missing_ok=True)
