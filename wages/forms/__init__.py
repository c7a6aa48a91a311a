"""Forms of the wages matter: text into values of the domain, and the sentences for what is wrong."""

from .complaint import (
    CheckForm,
    DetailsForm,
    EvidenceForm,
    FieldForm,
    OwedForm,
    ResumeForm,
    VerifyForm,
    WhereForm,
    WorkForm,
    YouForm,
)
from .status import ByCodeForm, CodeLookupForm, ProofForm, ProveForm, StatusForm, SupplyForm
from .whole import CodeHead, OfficialsHead, Whole

__all__ = [
    "ByCodeForm",
    "CheckForm",
    "CodeHead",
    "CodeLookupForm",
    "DetailsForm",
    "EvidenceForm",
    "FieldForm",
    "OfficialsHead",
    "OwedForm",
    "ProofForm",
    "ProveForm",
    "ResumeForm",
    "StatusForm",
    "SupplyForm",
    "VerifyForm",
    "WhereForm",
    "Whole",
    "WorkForm",
    "YouForm",
]
