"""The kernel's tables."""

from .audit import AuditAnchor, AuditEntry, AuditLink
from .calendar import CalendarDay
from .division import Division
from .files import StoredFile
from .outbox import OutboxMessage
from .parameter import Parameter
from .submission import Submission

__all__ = [
    "AuditAnchor",
    "AuditEntry",
    "AuditLink",
    "CalendarDay",
    "Division",
    "OutboxMessage",
    "Parameter",
    "StoredFile",
    "Submission",
]
