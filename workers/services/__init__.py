"""The registry's verbs; nothing else writes to it."""

from .consents import give_consent, grant_contact, withdraw_consent, withdraw_contact
from .enrolment import for_user, identify, identity_matches
from .mandate_codes import ask_for_mandate, grant_by_code
from .mandates import end_mandate, grant_mandate
from .reaching import proven_phone
from .recording import Recorded, confirm_unchanged, record
from .sightings import note_viewed, reveal, reveals_left, seen_by, timeline_of, trail_of

__all__ = [
    "Recorded",
    "ask_for_mandate",
    "confirm_unchanged",
    "end_mandate",
    "for_user",
    "give_consent",
    "grant_by_code",
    "grant_contact",
    "grant_mandate",
    "identify",
    "identity_matches",
    "note_viewed",
    "proven_phone",
    "record",
    "reveal",
    "reveals_left",
    "seen_by",
    "timeline_of",
    "trail_of",
    "withdraw_consent",
    "withdraw_contact",
]
