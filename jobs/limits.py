"""The lengths and ages of the jobs matter that law or practice sets (`jobs.*` in `core.parameters`)."""

from dataclasses import dataclass
from datetime import date

from core import parameters
from core.masking import age_on


@dataclass(frozen=True)
class Limits:
    """What is in force on a day: lengths in days, the age in years."""

    working_age: int
    vacancy_days: int
    offer_days: int
    settling_days: int

    def forbids_work(self, born: date | None, day: date) -> bool:
        """Whether nobody may introduce or hire this person (禁止使用童工规定 arts 2, 4); unknown ages pass."""
        return born is not None and age_on(born, day) < self.working_age


def on(day: date) -> Limits:
    """One query."""
    rows = parameters.get_many("jobs.", on=day)
    return Limits(**{name: rows[f"jobs.{name}"].number for name in Limits.__dataclass_fields__})
