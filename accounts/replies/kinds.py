"""Where a matter says what a reply means for it, so that nothing here knows any matter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from ..models import SmsQuestion
from .reading import Choice


@dataclass(frozen=True)
class Answer:
    """`digit` with what it means in a word（收到）, and other words people may write for it."""

    digit: str
    label: str | Promise
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """One kind of question.

    `act(question, digit, at)` does what the answer means and returns the sentence to send back; a `Refusal` is sent
    back in its words. `about(question)` names what it is about in a few, without anybody's name.
    """

    answers: tuple[Answer, ...]
    act: Callable[[SmsQuestion, str, datetime], str]
    about: Callable[[SmsQuestion], str]

    def choices(self) -> list[Choice]:
        return [Choice(one.digit, (str(one.label), *one.words)) for one in self.answers]

    def how_to(self, mark: str = "") -> str:
        """“收到回1，没收到回2”, with the mark where several questions wait."""
        return "，".join(f"{one.label}回{one.digit}{f' {mark}' if mark else ''}" for one in self.answers)


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    """Called once, by the matter's handlers."""
    _kinds[name] = kind


def find(name: str) -> Kind | None:
    return _kinds.get(name)
