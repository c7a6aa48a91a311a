"""Limits on guessing, counted in PostgreSQL: with several web processes a cache of each own counts nothing."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core.crypto import blind_index
from core.errors import Refusal

from .enums import TOTP_USED_FOR
from .locks import queue_for
from .models import Attempt

Limit = tuple[int, timedelta]


class TooManyAttempts(Refusal):
    """The subject has used up its guesses for now."""


def spend(kind: Attempt.Kind, subject: str, limit: Limit, *, at: datetime) -> int:
    """Take one guess before it is judged, so that parallel guesses count too; `refund` it when it was right.

    Raises `TooManyAttempts` when `limit` (how many, in which time) is used up.
    """
    many, span = limit
    key = _key(kind, subject)
    with transaction.atomic():
        queue_for(key)
        if Attempt.objects.filter(kind=kind, key=key, at__gt=at - span).count() >= many:
            raise TooManyAttempts(_("试错次数太多，请 {n} 分钟后再试。").format(n=int(span.total_seconds()) // 60))
        return Attempt.objects.create(kind=kind, key=key, at=at).pk


def use_once(user_pk: int, code: str, *, at: datetime) -> None:
    """A TOTP code is good once. Raises `TooManyAttempts` when it was used before."""
    spend(Attempt.Kind.TOTP_USED, f"{user_pk}:{code}", (1, TOTP_USED_FOR), at=at)


def was_used(user_pk: int, code: str, *, at: datetime) -> bool:
    """Whether a TOTP code of this account was used lately."""
    key = _key(Attempt.Kind.TOTP_USED, f"{user_pk}:{code}")
    return Attempt.objects.filter(kind=Attempt.Kind.TOTP_USED, key=key, at__gt=at - TOTP_USED_FOR).exists()


def refund(*guesses: int) -> None:
    """The guess was right: it does not count."""
    Attempt.objects.filter(pk__in=guesses).delete()


def forgive(kind: Attempt.Kind, subject: str) -> None:
    """Forget all guesses of a subject (an official reset the account)."""
    Attempt.objects.filter(kind=kind, key=_key(kind, subject)).delete()


def forget(*, before: datetime) -> int:
    """Delete attempts that no limit counts any more."""
    return Attempt.objects.filter(at__lt=before).delete()[0]


def _key(kind: str, subject: str) -> bytes:
    return blind_index(f"attempt:{kind}", subject.casefold())
