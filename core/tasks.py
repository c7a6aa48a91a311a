"""Celery entries of the kernel; thin, and safe to run twice."""

import json
from datetime import timedelta
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from . import audit, outbox, submissions

KEPT = timedelta(days=30)


@shared_task(name="core.drain_outbox")
def drain_outbox() -> int:
    """The safety net beside `drain_outbox --forever`."""
    return outbox.drain(at=timezone.now())


@shared_task(name="core.forget_delivered")
def forget_delivered() -> None:
    """Drop delivered messages and used form keys that nothing looks at any more."""
    before = timezone.now() - KEPT
    outbox.forget(before=before)
    submissions.forget(before=before)


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
