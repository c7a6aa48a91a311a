"""Guesses at an official's password, bounded so that a stranger who knows the user name locks nobody out.

A few are allowed per name and place, the place being the browser where this person signed in before, else the network
address. All strange browsers together have a far higher bound per name: it stops whoever has many addresses, and the
official's own browser is free of it. The typed name counts as it is, so unknown names get the same answers.
"""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import address, attempts, devices
from .attempts import TooManyAttempts
from .enums import PASSWORD_FAILURES, PASSWORD_FAILURES_PER_NAME
from .models import Attempt


def spend(request: HttpRequest, name: str, *, at: datetime) -> list[int]:
    """Take one guess before it is judged; hand the result to `attempts.refund` when it was right.

    Raises `TooManyAttempts`, and then the guess counts nowhere: one address cannot use up the name by itself.
    """
    device = devices.known_for(request, name)
    if device is not None:
        return [_spend_here(f"device {device.hex()}", name, at)]
    with transaction.atomic():
        here = _spend_here(f"address {address.bucket(address.of(request))}", name, at)
        return [here, _spend_everywhere(name, at)]


def _spend_here(place: str, name: str, at: datetime) -> int:
    return attempts.spend(Attempt.Kind.PASSWORD, f"{place} {name}", PASSWORD_FAILURES, at=at)


def _spend_everywhere(name: str, at: datetime) -> int:
    try:
        return attempts.spend(Attempt.Kind.PASSWORD_NAME, name, PASSWORD_FAILURES_PER_NAME, at=at)
    except TooManyAttempts as refusal:
        raise TooManyAttempts(_("这个用户名试错次数太多。请用以前登录用过的电脑，或稍后再试。")) from refusal


def forgive(name: str) -> None:
    """Forget the guesses of all strange browsers: the city reset the account."""
    attempts.forgive(Attempt.Kind.PASSWORD_NAME, name)
