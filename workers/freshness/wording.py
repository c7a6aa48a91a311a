"""The one text message that says who changed what, and holds the code."""

from django.utils.translation import gettext as _

from accounts.enums import SMS_LONGEST

from ..indicators import INDICATORS

_LABELS = {row.number: row.label for row in INDICATORS}
_LONGEST_NAME = 10


def message(broker: str, numbers: list[int], code: str) -> str:
    """As many indicators by name as fit one message, then how many there are."""
    labels = [str(_LABELS[number]) for number in numbers]
    for shown in range(len(labels), -1, -1):
        text = _("{name}替你更新了{what}。都对就把验证码{code}念给他，不对别念，登录渝工通可以改。").format(
            name=broker[:_LONGEST_NAME], what=_listed(labels, shown), code=code
        )
        if len(text) <= SMS_LONGEST:
            return text
    return text


def _listed(labels: list[str], shown: int) -> str:
    if shown == len(labels):
        return "、".join(labels)
    named = "、".join(labels[:shown])
    return _("{named}等{n}项").format(named=named, n=len(labels)) if named else _("{n}项信息").format(n=len(labels))


def labels_of(numbers: list[int]) -> str:
    """主要工种、务工地."""
    return "、".join(str(_LABELS[number]) for number in numbers)
