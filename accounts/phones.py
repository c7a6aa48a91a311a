"""What counts as a mobile number, however it is typed."""

import re

from django.utils.translation import gettext as _

from core.crypto import blind_index, normalise
from core.errors import Refusal

_MAINLAND_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
LONGEST_TYPED = 40


def clean(typed: str) -> str:
    """The eleven digits of a mainland mobile number. Raises `Refusal` with a sentence for the person."""
    number = normalise("phone", typed[:LONGEST_TYPED])
    if not _MAINLAND_MOBILE.fullmatch(number):
        raise Refusal(_("请填写 11 位手机号，例如 138 0000 0000。"), field="phone")
    return number


def index(phone: str) -> bytes:
    """The blind index under which a number is stored and counted."""
    return blind_index("phone", phone)


def spaced(phone: str) -> str:
    """138 0000 0000: how people read a number out."""
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}" if len(phone) == 11 else phone
