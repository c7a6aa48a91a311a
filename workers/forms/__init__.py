"""What people type about themselves; the fields come from the table of indicators."""

from .dispute import DisputeForm
from .identity import IdentityForm
from .mandate import MandateCodeForm, MandateRequestForm
from .page import PageForm

__all__ = ["DisputeForm", "IdentityForm", "MandateCodeForm", "MandateRequestForm", "PageForm"]
