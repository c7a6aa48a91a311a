"""Opening a case by its number and the last four digits of the phone, without helping anybody to guess.

Four digits are few, so wrong pairs are counted: from one address only a handful per number, which is what a person
mistypes; from everywhere together so many that guessing through ten thousand pairs would take months. Whoever knows
a number can use these up, so they never stand between a case and its owner: who proves the phone by a code needs no
digits (`of_proven_phone`), and a signed-in owner needs nothing.
"""

import hmac
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts import address as network
from accounts import phones
from accounts.locks import queue_for
from core.crypto import blind_index

from ..marks import read_case_number
from ..models import Case, Claimant, StatusTry

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Wrong pairs for one number: (how many, in which time).
FROM_ONE_ADDRESS = (5, HOUR)
FROM_EVERYWHERE = ((30, HOUR), (100, DAY))
# Numbers follow one another, so four digits tried on thousands of them would hit some; dormitories share an
# address, so beyond this a question is asked and nobody is shut out.
WRONG_FROM_ONE_ADDRESS = (20, HOUR)


def is_busy(address: str, *, at: datetime) -> bool:
    """Whether so many wrong pairs came from this address that a question comes first."""
    many, span = WRONG_FROM_ONE_ADDRESS
    wrong = StatusTry.objects.filter(address_index=network.index(address), at__gt=at - span)
    return bool(address) and wrong.count() >= many


def find(number: str, last4: str, *, at: datetime, address: str = "") -> Case | None:
    """The case of a right pair. A wrong pair, an unknown number and too many tries all give None.

    Tries are counted per number behind a lock, before the answer is known, so parallel guesses do not slip by.
    """
    number = read_case_number(number) or ""
    if not number:
        return None
    with transaction.atomic():
        queue_for(blind_index("wages.status", number))
        if _used_up(number, network.index(address), at):
            return None
        case = Case.objects.filter(number=number).first()
        phone = case.phone.open() if case and case.phone else "????"
        if hmac.compare_digest(phone[-4:].encode(), last4.encode()):
            return case
        StatusTry.objects.create(number=number, address_index=network.index(address), at=at)
        return None


def _used_up(number: str, address_index: bytes | None, at: datetime) -> bool:
    tries = StatusTry.objects.filter(number=number)
    many, span = FROM_ONE_ADDRESS
    if tries.filter(address_index=address_index, at__gt=at - span).count() >= many:
        return True
    return any(tries.filter(at__gt=at - span).count() >= many for many, span in FROM_EVERYWHERE)


def of_proven_phone(number: str, phone: str) -> Case | None:
    """The case of this number that was filed from a phone which a code has just proven. Nothing is guessed here."""
    return Case.objects.by_phone(phones.clean(phone)).filter(number=read_case_number(number) or "").first()


def people_of_proven_phone(number: str, phone: str) -> list[Claimant]:
    """The people of this case whose own phone a code has just proven; their money is all that it opens."""
    known = read_case_number(number) or ""
    people = Claimant.objects.filter(phone_index=phones.index(phones.clean(phone))).counted()
    return list(people.filter(Q(case__number=known) | Q(origin__number=known)))


def forget_tries(*, at: datetime) -> int:
    """Drop what no limit counts any more."""
    longest = max(span for _many, span in FROM_EVERYWHERE)
    return StatusTry.objects.filter(at__lte=at - longest).delete()[0]
