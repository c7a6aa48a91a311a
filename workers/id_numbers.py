"""What a resident ID number says (GB 11643-1999): whether it can exist, birth date, sex."""

import re
from dataclasses import dataclass
from datetime import date

from core import parameters
from core.crypto import id_check_character, normalise
from core.masking import age_on

from .code_lists import Sex

WORKING_AGE = "workers.working_age"
OLDEST = 120
_FORM = re.compile(r"[1-9]\d{16}[\dX]")


@dataclass(frozen=True)
class Said:
    """What a valid number says about its holder."""

    number: str
    birth_date: date
    sex: Sex


def read(typed: str) -> Said | None:
    """The number in its 18 characters with birth date and sex, or None when it cannot exist.

    The first six digits are not looked up: abolished division codes stay on ID cards for ever.
    """
    number = normalise("id_number", typed)
    if not _FORM.fullmatch(number) or id_check_character(number[:17]) != number[17]:
        return None
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return Said(number, born, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def working_age(day: date) -> int:
    """From which birthday on anybody may be registered, introduced to work or hired (禁止使用童工规定 arts 2, 4)."""
    return parameters.get(WORKING_AGE, on=day).number


def may_work(born: date, day: date) -> bool:
    """Old enough to work on `day`, and not older than anybody."""
    return working_age(day) <= age_on(born, day) <= OLDEST
