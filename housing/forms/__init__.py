"""Text to values; no form writes anything."""

from .check import CheckForm
from .publicity import ObjectionForm, ReasonForm
from .tasks import ApplicantForm, HomeForm, IncomeForm, MemberForm, WishForm, WorkForm

__all__ = [
    "ApplicantForm",
    "CheckForm",
    "HomeForm",
    "IncomeForm",
    "MemberForm",
    "ObjectionForm",
    "ReasonForm",
    "WishForm",
    "WorkForm",
]
