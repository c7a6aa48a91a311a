"""Forms of the wages matter: text into values of the domain, and the sentences for what is wrong."""

from .complaint import (
    CheckForm,
    DetailsForm,
    EvidenceForm,
    FieldForm,
    OwedForm,
    VerifyForm,
    WhereForm,
    WorkForm,
    YouForm,
)
from .status import ByCodeForm, CodeLookupForm, ProofForm, ProveForm, StatusForm, SupplyForm

__all__ = [
    "ByCodeForm",
    "CheckForm",
    "CodeLookupForm",
    "DetailsForm",
    "EvidenceForm",
    "FieldForm",
    "OwedForm",
    "ProofForm",
    "ProveForm",
    "StatusForm",
    "SupplyForm",
    "VerifyForm",
    "WhereForm",
    "WorkForm",
    "YouForm",
]
