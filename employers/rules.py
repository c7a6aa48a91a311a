"""Whether a unified social credit code (统一社会信用代码, GB 32100-2015) can exist at all."""

import re

from stdnum.cn import uscc

from core.crypto import normalise

from .models.employer import USCC_FORM

_FORM = re.compile(USCC_FORM)


def normalised_uscc(typed: str) -> str:
    """As the register writes it: half width, capitals, no spaces."""
    return normalise("uscc", typed).upper()


def uscc_is_valid(code: str) -> bool:
    """Form and check character.

    `stdnum.cn.uscc.is_valid` wants digits in front and so refuses village collectives (N…); its arithmetic is
    right (verified against 9144030071526726XG), so only that is used.
    """
    return bool(_FORM.fullmatch(code)) and uscc.calc_check_digit(code[:17]) == code[17]
