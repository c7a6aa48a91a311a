"""Which of several statements about one value stands. Pure: ranks, days and acts in, verdict out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .enums import Source
from .indicators import Indicator

# `Provenance` and `Statement` keep days in two bytes: counted from here they reach from 1910 to 2089.
EPOCH = date(2000, 1, 1)
AUTHORITY, COMPUTED, DEPARTMENT, PERSON, BROKER = 40, 35, 30, 20, 10


def day_number(day: date) -> int:
    """Days since 2000-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    return EPOCH + timedelta(days=number)


@dataclass(frozen=True)
class Standing:
    """One statement about one value: who, on which day, by which act, and what; a text as in `workers.texts`."""

    source: int
    day: int
    act: int
    text: str | None


def default_rank(indicator: Indicator, source: Source) -> int:
    """The indicator's own department, the portal's own computation, other departments, the worker, a broker.

    What a worker confirmed by SMS counts as the worker's. A hire that the portal confirmed counts like the worker's
    word, because the worker may have left since.
    """
    if source == Source.COMPUTED:
        return PERSON if indicator.placed else COMPUTED
    if source.is_department:
        return AUTHORITY if source == indicator.department else DEPARTMENT
    return BROKER if source == Source.BROKER else PERSON


def strength(said: Standing, ranks: Mapping[int, int]) -> tuple[int, int, int]:
    """The key whose maximum stands: rank, then the newer day, then the later act."""
    return ranks.get(said.source, 0), said.day, said.act


def winner(said: Iterable[Standing], ranks: Mapping[int, int]) -> Standing | None:
    """The statement that stands among all of one worker about one indicator; None when nobody said anything."""
    return max(said, key=lambda statement: strength(statement, ranks), default=None)
