"""ID numbers and phones that are well formed and belong to nobody.

*ID numbers.* The first six digits are an address code, and 500190–500198 have never been one: since Chongqing
became a municipality its county-level codes are 500101–500120, 500151–500156, 500221–500243 and 500381–500384
(GB/T 2260). So no such number was ever on a card, while birth date, sex digit and check character are right and
every check in the portal does its work. 500199 is kept for the demonstration's cast and for tests.

*Phones.* 154 is a prefix that no operator was ever given. The cast's numbers (138 0000 00xx) are fixed by the
portal's contract.
"""

from collections.abc import Sequence

import numpy as np

ADDRESS_CODES = tuple(range(500190, 500199))
PER_ADDRESS = 499  # sequence numbers of one sex per address code and birth date
PHONE_PREFIX = "154"
_SCATTER = 61_803_399  # odd and not a multiple of 5, so multiples visit every number below 10⁸ once
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECK = np.array(list("10X98765432"))


class IdNumbers:
    """Hands out numbers one after the other per birth date and sex, across as many chunks as there are."""

    def __init__(self, first_year: int, last_year: int) -> None:
        self._first = np.datetime64(f"{first_year}-01-01", "D")
        days = int((np.datetime64(f"{last_year + 1}-01-01", "D") - self._first).astype(int))
        self._used = np.zeros(days * 2, dtype=np.int64)

    def take(self, birth: np.ndarray, is_female: np.ndarray) -> list[str]:
        """One unused number for each birth date (datetime64[D]) and sex."""
        keys = (birth - self._first).astype(np.int64) * 2 + is_female
        serial = self._used[keys] + _running_count(keys)
        np.add.at(self._used, keys, 1)
        address, place = np.divmod(serial, PER_ADDRESS)
        if address.size and int(address.max()) >= len(ADDRESS_CODES):
            raise ValueError("more people of one birth date than the synthetic range holds")
        sequence = place * 2 + np.where(is_female, 2, 1)
        ymd = _as_number(birth)
        body = np.array(ADDRESS_CODES)[address] * 10**11 + ymd * 10**3 + sequence
        digits = body[:, None] // 10 ** np.arange(16, -1, -1) % 10
        check = _CHECK[(digits @ _WEIGHTS) % 11]
        return [f"{number}{mark}" for number, mark in zip(body.tolist(), check.tolist(), strict=True)]


def _running_count(keys: np.ndarray) -> np.ndarray:
    """For each element, how many equal ones stand before it."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(keys) else np.array([], dtype=int)
    lengths = np.diff(np.r_[starts, len(keys)])
    counts = np.empty(len(keys), dtype=np.int64)
    counts[order] = np.arange(len(keys)) - np.repeat(starts, lengths)
    return counts


def _as_number(days: np.ndarray) -> np.ndarray:
    """datetime64[D] as YYYYMMDD."""
    months = days.astype("datetime64[M]")
    years = days.astype("datetime64[Y]").astype(int) + 1970
    return years * 10_000 + (months.astype(int) % 12 + 1) * 100 + (days - months).astype(int) + 1


def phones(first: int, size: int) -> list[str]:
    """The phones of people number `first` and following; scattered, so that neighbours differ."""
    if first + size > 10**8:
        raise ValueError("the synthetic phone range holds 10⁸ numbers")
    numbers = (np.arange(first, first + size, dtype=np.int64) * _SCATTER) % 10**8
    return [f"{PHONE_PREFIX}{number:08d}" for number in numbers.tolist()]


def is_synthetic(id_number: str, used: Sequence[int] = (*ADDRESS_CODES, 500199)) -> bool:
    """Whether an ID number lies in the range of this module."""
    return id_number[:6].isdecimal() and int(id_number[:6]) in used
