"""Telling people: one notice in the portal and at most one text message per event of a matter."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from core.fields import Sealed

from . import phones
from .models import Notice, User
from .sms.queueing import queue_or_note

_UNREAD = """
    SELECT count(*) FROM accounts_notice
    WHERE read_at IS NULL AND (user_id = %s OR (user_id IS NULL AND phone_index = %s))
"""


def recipient_of(*, user: User | None, phone: Sealed | None) -> User | str | None:
    """Whom `send` is to tell: the account while it is open, else the number kept with the matter, else nobody.

    The account comes first because it follows the person to a new number; the kept one may be a stranger's by now.
    """
    if user is not None and user.is_active:
        return user
    return phone.open() if phone else None


@transaction.atomic
def send(
    recipient: User | str,
    *,
    event: str,
    ref: str,
    text: str,
    at: datetime,
    sms: bool = True,
    url: str = "",
) -> Notice | None:
    """Tell an account, or whoever holds a phone number. Returns None when it was told already.

    `event` ("wages.accepted") and `ref` (the case's number) name what happened: asking again changes nothing,
    so handlers may run twice. `text` must hold no ID number, phone or bank data; the SMS keeps its first 70
    characters, so what matters comes first.
    """
    user, phone = _who(recipient)
    index = phones.index(phone) if phone else None
    row = Notice(user=user, phone_index=index, event=event, ref=ref, text=text, url=url, created_at=at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    if sms and phone:
        queue_or_note(phone, text, event=event, ref=ref, at=at)
    return row


def _who(recipient: User | str) -> tuple[User | None, str]:
    """The account and the number to use; a number that belongs to an account reaches that account."""
    if isinstance(recipient, str):
        number = phones.clean(recipient)
        return User.objects.filter(phone_index=phones.index(number), is_active=True).first(), number
    return recipient, recipient.phone.open() if recipient.phone else ""


def mark_read(user: Any, *, at: datetime) -> int:
    """Everything a person has been shown is read."""
    return Notice.objects.visible_to(user).unread().update(read_at=at)


def unread_count(user: Any) -> int:
    """How many notices the person has not seen: `visible_to` and `unread`, written out because every page asks."""
    if not user.is_authenticated:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, [user.pk, user.phone_index if user.phone_verified_at else None])
        return cursor.fetchone()[0]
