"""The only place that writes applications. One function per verb, grouped by who acts."""

from .applying import submit, supply, withdraw
from .clocks import recompute_deadlines, warn_of_deadlines
from .drafts import add_member, discard, remove_member, save_incomes, save_task, start
from .estates import save_estate
from .files import attach, detach
from .mandated import ask_applicant, hear_applicant, phone_of, submit_for
from .publicity import dismiss_objection, enter_waiting, raise_objection, uphold_objection
from .reminders import remind, send_due_reminders
from .review import lapse, pass_final, pass_preliminary, refuse, request_documents, return_to_preliminary, take_up
from .sight import note_reading, reveal

__all__ = [
    "add_member",
    "ask_applicant",
    "attach",
    "detach",
    "discard",
    "dismiss_objection",
    "enter_waiting",
    "hear_applicant",
    "lapse",
    "note_reading",
    "pass_final",
    "pass_preliminary",
    "phone_of",
    "raise_objection",
    "recompute_deadlines",
    "refuse",
    "remind",
    "remove_member",
    "request_documents",
    "return_to_preliminary",
    "reveal",
    "save_estate",
    "save_incomes",
    "save_task",
    "send_due_reminders",
    "start",
    "submit",
    "submit_for",
    "supply",
    "take_up",
    "uphold_objection",
    "warn_of_deadlines",
    "withdraw",
]
