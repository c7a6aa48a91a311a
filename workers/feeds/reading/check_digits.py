"""Check characters of many numbers at once: resident ID numbers (GB 11643) and credit codes (GB 32100)."""

from typing import TYPE_CHECKING

from stdnum.cn import uscc

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

_LENGTH = 18
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_ALPHABET = "0123456789"
_ID_CHECKS = "10X98765432"


def id_check_matches(numbers: "pl.Series", formed: "pl.Series") -> "pl.Series":
    """Whether the last character is right; false where `formed` is, whose other numbers are 17 digits and one more."""
    return _matches(numbers, formed, _ID_ALPHABET, _ID_WEIGHTS, 11, _ID_CHECKS)


def uscc_check_matches(codes: "pl.Series", formed: "pl.Series") -> "pl.Series":
    """The same for unified social credit codes."""
    weights = tuple(pow(3, place, 31) for place in range(_LENGTH - 1))
    alphabet = uscc._alphabet
    checks = "".join(alphabet[(31 - rest) % 31] for rest in range(31))
    return _matches(codes, formed, alphabet, weights, 31, checks)


def _matches(
    texts: "pl.Series", formed: "pl.Series", alphabet: str, weights: tuple[int, ...], modulus: int, checks: str
) -> "pl.Series":
    import numpy as np
    import polars as pl

    formed = formed.fill_null(False)
    letters = _letters(texts.filter(formed))
    worth = np.zeros(256, dtype=np.int32)
    for value, letter in enumerate(alphabet):
        worth[ord(letter)] = value
    right = np.frombuffer(checks.encode(), dtype=np.uint8)[
        worth[letters[:, :-1]] @ np.array(weights, dtype=np.int32) % modulus
    ]
    verdict = np.zeros(len(texts), dtype=bool)
    verdict[formed.to_numpy()] = right == letters[:, -1]
    return pl.Series(verdict)


def _letters(texts: "pl.Series") -> "np.ndarray":
    import numpy as np

    joined = texts.str.join("").item() if len(texts) else ""
    return np.frombuffer(joined.encode("ascii"), dtype=np.uint8).reshape(-1, _LENGTH)
