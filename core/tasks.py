"""Celery entries of the kernel; thin, and safe to run twice."""

import json
import logging
from datetime import timedelta
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from . import audit, file_sweep, outbox, submissions
from .errors import Refusal

KEPT = timedelta(days=30)
_log = logging.getLogger(__name__)


@shared_task(name="core.drain_outbox")
def drain_outbox() -> int:
    """The safety net beside `drain_outbox --forever`: the quick lane only, since a task that takes long is cut off."""
    return outbox.drain(at=timezone.now(), slow=False)


@shared_task(name="core.forget_delivered")
def forget_delivered() -> None:
    """Drop delivered messages and used form keys that nothing looks at any more."""
    before = timezone.now() - KEPT
    outbox.forget(before=before)
    submissions.forget(before=before)


@shared_task(name="core.sweep_files")
def sweep_files() -> None:
    """Remove what failed uploads left; say loudly when rows lost their files, or files their rows."""
    found = file_sweep.compare(at=timezone.now())
    if found.damaged:
        _log.error("%s rows without their file, the first: %s", len(found.damaged), found.damaged[:20])
    try:
        file_sweep.remove(found)
    except Refusal as refusal:
        _log.error("files were not swept: %s", refusal.message)


def anchor_file() -> Path:
    """Where the audit chain's heads are noted outside the database; ship it to another machine."""
    return settings.VAR_DIR / "audit-heads.jsonl"


@shared_task(name="core.anchor_audit_head")
def anchor_audit_head() -> None:
    """Append the chain's present head to a file outside the database, so that a rewritten chain shows."""
    sequence, digest = audit.head()
    line = json.dumps({"at": timezone.now().isoformat(), "sequence": sequence, "digest": digest})
    with anchor_file().open("a") as file:
        file.write(line + "\n")
