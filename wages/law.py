"""The law's numbers that forms and letters name, as in force on a day; `core.parameters` keeps their source."""

from dataclasses import dataclass
from datetime import date

from core import parameters

from .enums import RefusalGround


@dataclass(frozen=True)
class ExtraPay:
    """What an employer who does not pay in time may be ordered to add, in per cent of the wages due."""

    least: int
    most: int
    rule: str


@dataclass(frozen=True)
class Remedies:
    """How long a person may have a refusal reviewed, and sue."""

    review_days: int
    suit_months: int


@dataclass(frozen=True)
class Collective:
    """From how many people on a complaint is brought by representatives, and by how many of them."""

    people: int
    fewest: int
    most: int


def _number(key: str, on: date) -> int:
    return parameters.get(f"wages.{key}", on=on).number


def extra_pay(on: date) -> ExtraPay:
    """监察条例 art. 26, 劳动合同法 art. 85."""
    least, most = (parameters.get(f"wages.extra_percent_{end}", on=on) for end in ("least", "most"))
    return ExtraPay(least.number, most.number, f"{least.version} {most.version}")


def remedies(on: date) -> Remedies:
    """行政复议法 art. 20, 行政诉讼法 art. 46."""
    return Remedies(_number("review_days", on), _number("suit_months", on))


def collective(on: date) -> Collective:
    """Complaints of many."""
    return Collective(*(_number(f"collective_{key}", on) for key in ("people", "fewest", "most")))


def acceptance_workdays(on: date) -> int:
    return _number("accept_workdays", on)


def closing_workdays(on: date) -> int:
    return _number("close_workdays", on)


def limitation_years(on: date) -> int:
    return _number("limitation_years", on)


def arbitration_years(on: date) -> int:
    """劳动争议调解仲裁法 art. 27, after the employment has ended."""
    return _number("arbitration_years", on)


def ground_words(ground: str, on: date) -> str:
    """A ground of refusal as the letter says it."""
    return str(RefusalGround(ground).label).format(years=limitation_years(on))
