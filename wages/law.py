"""The law's numbers that forms and letters name, as in force on a day; `core.parameters` keeps their source."""

from dataclasses import dataclass
from datetime import date

from core import parameters

from .enums import RefusalGround
from .offices import minimum_wage_fen


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
class Inaction:
    """How long a person may have it reviewed that an office does not answer, and sue after that review."""

    review_days: int
    suit_days: int


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
    rows = parameters.get_many("wages.extra_percent_", on=on)
    least, most = (rows[f"wages.extra_percent_{end}"] for end in ("least", "most"))
    return ExtraPay(least.number, most.number, f"{least.version} {most.version}")


def remedies(on: date) -> Remedies:
    """行政复议法 art. 20, 行政诉讼法 art. 46."""
    return Remedies(_number("review_days", on), _number("suit_months", on))


def inaction(on: date) -> Inaction:
    """行政复议法 art. 20, 23; 行政诉讼法 art. 45."""
    return Inaction(_number("review_days", on), _number("review_then_suit_days", on))


def collective(on: date) -> Collective:
    """Complaints of many."""
    rows = parameters.get_many("wages.collective_", on=on)
    return Collective(**{key: rows[f"wages.collective_{key}"].number for key in ("people", "fewest", "most")})


def warn_percents(on: date) -> tuple[int, int]:
    """The shares of a term at which people are told before it is over; the office's own figures."""
    rows = parameters.get_many("wages.warn_percent_", on=on)
    return rows["wages.warn_percent_first"].number, rows["wages.warn_percent_second"].number


def acceptance_workdays(on: date) -> int:
    return _number("accept_workdays", on)


def draft_days(on: date) -> int:
    """How long an unfinished complaint is kept after it was last touched; our own rule."""
    return _number("draft_days", on)


def closing_workdays(on: date) -> int:
    return _number("close_workdays", on)


def limitation_years(on: date) -> int:
    return _number("limitation_years", on)


def arbitration_years(on: date) -> int:
    """劳动争议调解仲裁法 art. 27, after the employment has ended."""
    return _number("arbitration_years", on)


def final_award_ceiling(division: str, on: date) -> int:
    """调解仲裁法 art. 47: so many times the monthly minimum wage of the place, in 分; an award up to it is final."""
    months = _number("arbitration_final_months", on)
    return months * minimum_wage_fen(division, parameters.get("wages.minimum_monthly_fen", on=on).value)


def presume_days(on: date) -> int:
    """How long a question whether money came waits for its answer before silence counts as yes."""
    return _number("presume_paid_days", on)


def presume_warning_days(on: date) -> int:
    """How long before that the person is told."""
    return _number("presume_warn_days", on)


def contest_days(on: date) -> int:
    """How long after the end a person may still say that the money did not come."""
    return _number("contest_days", on)


def grounds(on: date) -> dict[str, str]:
    """The grounds of refusal in the words of the letter."""
    years = limitation_years(on)
    return {ground.value: str(ground.label).format(years=years) for ground in RefusalGround}
