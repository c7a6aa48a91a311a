"""The small sum asked where many codes were requested from one address: text, so that a screen reader reads it.

It slows a script and stops nobody; dormitories and building sites share an address.
"""

import secrets
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .codes import digits

ASKED, ANSWERED = "question", "question_answered"
ANSWER_LIVES = timedelta(minutes=10)
SENDS_PER_ANSWER = 3
_NUMERALS = "零一二三四五六七八九"


def url(*, after: str) -> str:
    """The page that asks, and leads back to `after`."""
    return f"{reverse('accounts:question')}?{urlencode({'next': after})}"


def ask(request: HttpRequest) -> str:
    """The question in words; the same one until it is answered."""
    if ASKED not in request.session:
        request.session[ASKED] = [secrets.randbelow(8) + 2, secrets.randbelow(8) + 2]
    first, second = request.session[ASKED]
    return _("{first}加{second}等于多少？").format(first=_NUMERALS[first], second=_NUMERALS[second])


def answer(request: HttpRequest, typed: str, *, at: datetime) -> bool:
    """Judge an answer; a wrong one brings another question."""
    numbers = request.session.pop(ASKED, None)
    right = numbers is not None and digits(typed) == str(sum(numbers))
    if right:
        request.session[ANSWERED] = {"until": (at + ANSWER_LIVES).timestamp(), "left": SENDS_PER_ANSWER}
    return right


def answered(request: HttpRequest, *, at: datetime) -> bool:
    """Whether this session may ask for codes although its address has had many."""
    note = request.session.get(ANSWERED)
    return bool(note) and note["left"] > 0 and note["until"] > at.timestamp()


def use_up(request: HttpRequest) -> None:
    """One more code was sent on the strength of the answer."""
    note = request.session.get(ANSWERED)
    if note:
        request.session[ANSWERED] = {**note, "left": note["left"] - 1}
