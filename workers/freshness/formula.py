"""How urgent it is to ask somebody again, in points; every number of the formula is a dated parameter.

Per indicator that placing needs and a broker may state: nothing while it is younger than the period, then its weight
times the periods that have passed, up to a bound; what nobody ever said counts as the bound. Whoever looks for work
counts more. A department that registered a change after the worker last spoke, and an update that nobody confirmed,
add points of their own. The same numbers make the reasons in words.
"""

from dataclasses import dataclass
from datetime import date

from core import parameters

from ..indicators import BY_CODE, Indicator

PREFIX = "workers.freshness_"
_WEIGHT = PREFIX + "weight_"
DAYS_IN_A_MONTH = 30
# A change of these says that the rest may have changed, too.
SIGNALS = ("employment_status", "employer_uscc", "employer_name", "industry", "job_start", "residence_division")


@dataclass(frozen=True)
class Formula:
    """The parameters in force on one day; `weights` by indicator, the heaviest first."""

    weights: dict[str, int]
    months: int
    most: int
    wants_job_percent: int
    signal: int
    unconfirmed: int

    @property
    def days(self) -> int:
        """How many days a value stays fresh."""
        return self.months * DAYS_IN_A_MONTH

    @property
    def indicators(self) -> list[Indicator]:
        return [BY_CODE[code] for code in self.weights]


def on(day: date) -> Formula:
    """One query."""
    rows = {row.key: row.number for row in parameters.get_many(PREFIX, on=day).values()}
    weights = {key.removeprefix(_WEIGHT): number for key, number in rows.items() if key.startswith(_WEIGHT)}
    return Formula(
        weights=dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))),
        months=rows[PREFIX + "months"],
        most=rows[PREFIX + "most"],
        wants_job_percent=rows[PREFIX + "wants_job_percent"],
        signal=rows[PREFIX + "signal"],
        unconfirmed=rows[PREFIX + "unconfirmed"],
    )
