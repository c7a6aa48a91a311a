"""The two ways a service says no: not allowed (403) and not possible (a sentence for the person)."""

from django.core.exceptions import PermissionDenied


class NotAllowed(PermissionDenied):
    """The person may see the row but may not do this to it."""


class Refusal(Exception):
    """A request that the rules refuse; `str()` is the sentence shown, `field` the form field it belongs to."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def require(allowed: bool, message: str) -> None:
    """Raise `NotAllowed` with the sentence unless a policy allowed the act."""
    if not allowed:
        raise NotAllowed(message)


def refuse_unless(possible: bool, message: str, *, field: str | None = None) -> None:
    """Raise `Refusal` with the sentence unless the rules make the act possible."""
    if not possible:
        raise Refusal(message, field=field)
