"""What a text message says, when all that is asked for is a digit. Pure: no row, no clock.

People write "1", "１", "回1", "收到", "1 收到", "1 37", "1，37。". Whatever is not surely one of these is nothing: a
wrong guess here would say that somebody had their wages.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 40  # an answer is short; what is longer tells a story and needs a person
_SHAPE = re.compile(
    r"(?:回复|答复|选择|回|选|答)?\W*(?P<digit>[1-9](?![0-9]))?\W*(?P<word>[^\W\d_]*)\W*(?P<mark>[0-9]{2})?\W*"
)


@dataclass(frozen=True)
class Reading:
    """The answer's digit, and the mark of the question where one was named."""

    digit: str
    mark: str = ""


@dataclass(frozen=True)
class Choice:
    """A digit, and the words that mean the same."""

    digit: str
    words: tuple[str, ...] = ()


def read(text: str, choices: Iterable[Choice]) -> Reading | None:
    """The one answer that the text gives, or None."""
    plain = unicodedata.normalize("NFKC", text[: LONGEST * 4]).strip()
    found = _SHAPE.fullmatch(plain) if len(plain) <= LONGEST else None
    if found is None:
        return None
    digit, word, mark = found["digit"] or "", found["word"] or "", found["mark"] or ""
    said = [choice for choice in choices if _says(choice, digit, word)]
    return Reading(said[0].digit, mark) if len(said) == 1 else None


def _says(choice: Choice, digit: str, word: str) -> bool:
    """Digit and word agree where both are there; one of them is."""
    if not digit and not word:
        return False
    return (not digit or digit == choice.digit) and (not word or word in choice.words)
