"""Opening a case by its number and the last four digits of the phone, without helping anybody to guess."""

import hmac
from datetime import datetime, timedelta

from django.db import transaction

from accounts import address as network
from accounts.locks import queue_for
from core.crypto import blind_index

from ..marks import read_case_number
from ..models import Case, StatusTry

TRIES = 5
WITHIN = timedelta(hours=1)
# Numbers follow one another, so four digits tried on thousands of them would hit some; dormitories share an
# address, so beyond this a question is asked and nobody is shut out.
WRONG_FROM_ONE_ADDRESS = 20


def is_busy(address: str, *, at: datetime) -> bool:
    """Whether so many wrong pairs came from this address that a question comes first."""
    wrong = StatusTry.objects.filter(address_index=network.index(address), at__gt=at - WITHIN)
    return bool(address) and wrong.count() >= WRONG_FROM_ONE_ADDRESS


def find(number: str, last4: str, *, at: datetime, address: str = "") -> Case | None:
    """The case of a right pair. A wrong pair, an unknown number and too many tries all give None.

    Tries are counted per number behind a lock, before the answer is known, so parallel guesses do not slip by.
    """
    number = read_case_number(number) or ""
    if not number:
        return None
    with transaction.atomic():
        queue_for(blind_index("wages.status", number))
        if StatusTry.objects.filter(number=number, at__gt=at - WITHIN).count() >= TRIES:
            return None
        case = Case.objects.filter(number=number).first()
        phone = case.phone.open() if case and case.phone else "????"
        if hmac.compare_digest(phone[-4:].encode(), last4.encode()):
            return case
        StatusTry.objects.create(number=number, address_index=network.index(address), at=at)
        return None


def forget_tries(*, at: datetime) -> int:
    """Drop what no limit counts any more."""
    return StatusTry.objects.filter(at__lt=at - WITHIN).delete()[0]
