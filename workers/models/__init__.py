"""The real-name registry: the wide worker table, its provenance and history, and what the worker agreed to."""

from .consent import Consent, ContactGrant
from .history import Provenance, ValueChange
from .intent import JobIntent
from .mandate import Mandate
from .worker import Worker

__all__ = ["Consent", "ContactGrant", "JobIntent", "Mandate", "Provenance", "ValueChange", "Worker"]
