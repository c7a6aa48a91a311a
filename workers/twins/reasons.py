"""What speaks for two rows being one person, and what against it: the one table of points.

A pair is shown to officials from `THRESHOLD` points on. An ID number that two rows share is not among the reasons: its
blind index is unique (15 digits are read as 18), so that cannot happen. Two different ID numbers speak against it,
because the check character catches every single mistyped digit; only several other agreements together outweigh them.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

THRESHOLD = 40
MOST = 100
# More rows than this with one key are a common name or a placeholder. They are counted and reported, not compared.
LARGEST_BLOCK = 12
# A phone number of more people than this belongs to an employer or a contractor and says nothing.
LARGEST_PHONE = 20


@dataclass(frozen=True)
class Reason:
    """One agreement, or with negative points one difference. `unless` names stronger ones that already say it."""

    code: str
    points: int
    label: Any
    unless: tuple[str, ...] = ()


AGREEMENTS = (
    Reason("household", 60, _("姓名、出生日期、户号相同")),
    Reason("village", 50, _("姓名、性别、出生日期、户籍村（居）相同")),
    Reason("sound", 40, _("姓名同音，出生日期、户籍乡镇相同"), unless=("village",)),
    Reason("district", 40, _("一份没有身份证号；姓名、出生日期、户籍区县相同"), unless=("village", "sound")),
    Reason("phone", 40, _("手机号相同，姓名同音")),
)
DIFFERENCES = (
    Reason("two_ids", -40, _("两份的身份证号不同")),
    Reason("sex", -30, _("性别不同")),
    Reason("birth", -30, _("出生日期不同")),
)
# Written where a person's own sign-up joined the row that a department had made.
JOINED = Reason("joined", MOST, _("本人登记时身份证号、姓名、手机号都对上"))
LABELS = {reason.code: reason.label for reason in (*AGREEMENTS, *DIFFERENCES, JOINED)}
