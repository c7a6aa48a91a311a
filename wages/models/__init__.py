"""Wage codes, complaints and reports as cases, and what belongs to a case."""

from .approval import Approval
from .case import Case
from .case_parts import Document, Evidence, Recusal
from .draft import Draft, DraftFile
from .status_try import StatusTry
from .wage_code import WageCode

__all__ = ["Approval", "Case", "Document", "Draft", "DraftFile", "Evidence", "Recusal", "StatusTry", "WageCode"]
