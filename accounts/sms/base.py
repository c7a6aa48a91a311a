"""The interface that every way of sending text messages has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Outgoing:
    """One message as it leaves. `key` is the same on every retry."""

    key: str
    to: str
    text: str
    event: str
    ref: str
    at: datetime


class NotSent(Exception):
    """The provider did not take the message; `final` when trying again cannot help."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


class Provider(Protocol):
    """Sends one message and returns the provider's receipt number. Raises `NotSent`."""

    def send(self, message: Outgoing) -> str: ...
