"""ID numbers and phones that are well formed and belong to nobody.

*ID numbers.* The first six digits are an address code, and 500190–500198 have never been one: since Chongqing
became a municipality its county-level codes are 500101–500120, 500151–500156, 500221–500243 and 500381–500384
(GB/T 2260). So no such number was ever on a card, while birth date, sex digit and check character are right and
every check in the portal does its work. 500199 is kept for the demonstration's cast and for tests.

Every chunk of the population owns a share of the numbers of each birth date and sex, so chunks can be drawn in any
order and by any process.

*Phones.* 154 is a prefix that no operator was ever given. The cast's numbers (138 0000 00xx) are fixed by the
portal's contract.
"""

from collections.abc import Sequence

import numpy as np

from .text import digits

ADDRESS_CODES = tuple(range(500190, 500199))
PER_ADDRESS = 499  # sequence numbers of one sex per address code and birth date
SHARE = 10  # people of one birth date and sex in one chunk
CHUNKS = len(ADDRESS_CODES) * PER_ADDRESS // SHARE
PHONE_PREFIX = "154"
_SCATTER = 61_803_399  # odd and not a multiple of 5, so multiples visit every number below 10⁸ once
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECK = np.frombuffer(b"10X98765432", dtype=np.uint8)
_DAY = np.timedelta64(1, "D")


def spread(birth: np.ndarray, is_female: np.ndarray) -> np.ndarray:
    """Birth dates (datetime64[D]) of which no more share one date and sex than a chunk has numbers for."""
    birth = birth.copy()
    while (crowded := _place(birth, is_female) >= SHARE).any():
        birth[crowded] += _DAY
    return birth


def id_numbers(chunk: int, birth: np.ndarray, is_female: np.ndarray) -> np.ndarray:
    """One number for each birth date, as `spread` leaves them, and sex; no other chunk hands it out."""
    if not 0 <= chunk < CHUNKS:
        raise ValueError(f"the synthetic range of ID numbers holds {CHUNKS} chunks")
    address, place = np.divmod(chunk * SHARE + _place(birth, is_female), PER_ADDRESS)
    sequence = place * 2 + np.where(is_female, 2, 1)
    body = digits(np.array(ADDRESS_CODES)[address] * 10**11 + _as_number(birth) * 10**3 + sequence, 17)
    check = _CHECK[((body - ord("0")).astype(np.int64) @ _WEIGHTS) % 11]
    return np.hstack([body, check[:, None]]).view("S18").ravel().astype("U18")


def _place(birth: np.ndarray, is_female: np.ndarray) -> np.ndarray:
    """For each person, how many of the same birth date and sex stand before."""
    return _running_count(birth.astype(np.int64) * 2 + is_female)


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


def phones(first: int, size: int) -> np.ndarray:
    """The phones of people number `first` and following; scattered, so that neighbours differ."""
    if first + size > 10**8:
        raise ValueError("the synthetic phone range holds 10⁸ numbers")
    scattered = (np.arange(first, first + size, dtype=np.int64) * _SCATTER) % 10**8
    return digits(int(PHONE_PREFIX) * 10**8 + scattered, 11).view("S11").ravel().astype("U11")


def is_synthetic(id_number: str, used: Sequence[int] = (*ADDRESS_CODES, 500199)) -> bool:
    """Whether an ID number lies in the range of this module."""
    return id_number[:6].isdecimal() and int(id_number[:6]) in used
