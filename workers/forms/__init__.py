"""What people type about themselves; the fields come from the table of indicators."""

from .dispute import DisputeForm
from .identity import IdentityForm
from .mandate import MandateCodeForm, MandateRequestForm, PaperMandateForm, UpdateCodeForm
from .page import PageForm

__all__ = [
    "DisputeForm",
    "IdentityForm",
    "MandateCodeForm",
    "MandateRequestForm",
    "PageForm",
    "PaperMandateForm",
    "UpdateCodeForm",
]
