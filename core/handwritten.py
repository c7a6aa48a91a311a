"""Codes that people copy by hand: Crockford's alphabet without I, L, O and U, in groups, forgiving when read."""

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 5
_MEANT = str.maketrans("OIL", "011")
_LONGEST_TYPED = 60


def draw(length: int) -> str:
    """A random code of so many characters, five bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def of_bytes(digest: bytes, length: int) -> str:
    """The first `length` characters of a digest."""
    number = int.from_bytes(digest, "big") >> (len(digest) * 8 - length * BITS)
    return "".join(ALPHABET[number >> BITS * place & 31] for place in reversed(range(length)))


def grouped(code: str, size: int = 4) -> str:
    """K7QM2D9X → K7QM-2D9X."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


def read(typed: str, length: int) -> str:
    """The code as it was meant, in its one spelling; empty when it cannot be one."""
    text = unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED]).upper()
    code = "".join(ch for ch in text if ch.isalnum()).translate(_MEANT)
    return code if len(code) == length and set(code) <= set(ALPHABET) else ""
