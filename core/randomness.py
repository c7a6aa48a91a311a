"""Random strings drawn in one breath.

Django asks the kernel once for every character: 342 times for the six requests of a registration. Each question lets
go of the interpreter's lock for a microsecond, and the other threads of the process wake up to find it taken again.
"""

import secrets

from django.contrib.auth import hashers
from django.middleware import csrf
from django.utils.crypto import RANDOM_STRING_CHARS

# More bits than the string holds: no character is likelier than another by more than 2 to the power of -64.
_SPARE_BITS = 64


def random_string(length: int, allowed_chars: str = RANDOM_STRING_CHARS) -> str:
    """As `django.utils.crypto.get_random_string`: every character drawn alike, from the system's source."""
    among, drawn = len(allowed_chars), []
    number = secrets.randbits(length * among.bit_length() + _SPARE_BITS)
    for _ in range(length):
        number, place = divmod(number, among)
        drawn.append(allowed_chars[place])
    return "".join(drawn)


def install() -> None:
    """Where each request draws: tokens against forged forms, and the passwords that nobody has."""
    csrf.get_random_string = hashers.get_random_string = random_string
