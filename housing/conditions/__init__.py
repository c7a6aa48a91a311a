"""The conditions of `eligibility`, one function each: facts and limits in, a reason out."""

from .base import Limit, Reason, Rules, month_after, years_after
from .home import home, public_housing, transfer
from .income import income
from .person import age, family, student
from .work import work

#: In the order in which they are shown.
CHECKS = (age, home, income, work, student, transfer, public_housing, family)

__all__ = ["CHECKS", "Limit", "Reason", "Rules", "month_after", "years_after"]
