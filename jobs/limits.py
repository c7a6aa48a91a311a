"""The lengths and ages of the jobs matter that law or practice sets (`jobs.*` in `core.parameters`)."""

from dataclasses import dataclass
from datetime import date

from core import parameters
from core.masking import age_on
from workers.id_numbers import WORKING_AGE

_LENGTHS = ("vacancy_days", "offer_days", "settling_days")


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
    """One query; the age is the registry's, so that whoever may not be registered may not be hired."""
    rows = parameters.get_many("jobs.", WORKING_AGE, on=day)
    lengths = {name: rows[f"jobs.{name}"].number for name in _LENGTHS}  # no other parameter of the matter is one
    return Limits(working_age=rows[WORKING_AGE].number, **lengths)
