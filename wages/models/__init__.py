"""Wage codes, complaints and reports as cases, their people and what each is owed, and what belongs to a case."""

from .approval import Approval
from .case import Case
from .case_parts import Document, Evidence, Recusal
from .claimant import Claimant
from .clock import Alarm, CaseClock
from .draft import Draft, DraftFile
from .draft_person import DraftPerson
from .elsewhere import Arbitration, Enforcement, PoliceTransfer
from .intake import Intake
from .owed_month import OwedMonth
from .payment import Payment
from .receipt import Receipt
from .reopening import Reopening
from .routing import RoutingRule
from .status_try import StatusTry
from .wage_code import WageCode
from .way import Helping, Transferral

__all__ = [
    "Alarm",
    "Approval",
    "Arbitration",
    "Case",
    "CaseClock",
    "Claimant",
    "Document",
    "Draft",
    "DraftFile",
    "DraftPerson",
    "Enforcement",
    "Evidence",
    "Helping",
    "Intake",
    "OwedMonth",
    "Payment",
    "PoliceTransfer",
    "Receipt",
    "Recusal",
    "Reopening",
    "RoutingRule",
    "StatusTry",
    "Transferral",
    "WageCode",
]
