"""What an official answers to somebody who asked for something: with a reason, kept sealed, and told."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from core import outbox
from core.errors import refuse_unless
from core.transitions import move

SHORTEST_REASON = 4
Asked = TypeVar("Asked", bound=models.Model)


def reason_of(typed: str, sentence: str = "") -> str:
    """The reason without its margins; refused with the sentence where it is too short to tell anything."""
    reason = typed.strip()
    refuse_unless(len(reason) >= SHORTEST_REASON, sentence or _("请写明理由，本人能看到。"), field="reason")
    return reason


def keep_answer(row: Asked, reason: str) -> None:
    """Sealed with the row: the trail, which may not be changed, would keep a reason in clear for ever."""
    row.answer = reason
    row.save(update_fields=["answer"])


def refuse_request(row: Asked, reason: str, *, topic: str, by: Any, at: datetime) -> Asked:
    """No, by the official who holds the row in this transaction; whoever asked is told through the outbox."""
    keep_answer(row, reason)
    refused = move(row, "refuse", by=by, at=at, decided_at=at, decided_by=by)
    outbox.put(topic, refused, at=at)
    return refused
