"""The verbs of the wages matter: the only place that writes. One function each, `*, by, at`."""

from .acceptance import accept, refer_arbitration, refuse, request_supplement, transfer
from .approvals import approve, propose_decision, propose_extension, reject
from .codes import issue_code, issue_code_for, revoke_code
from .complainant import add_evidence, add_words, confirm_paid, contest_payment, supply, withdraw
from .drafts import answer, attach, begin, clear_stale, detach, discard, keep_for_phone, pledge, remember_phone
from .ending import close_project_dispute, close_unfounded, refer_police, revoke, settle
from .filing import file
from .handling import assign, enforce, investigate, order, record_paid, recuse
from .inspectors import name_inspector
from .moving import hand_over
from .people import end_person, resume_person, verify_person
from .receipts import judge_scanned, judge_typed
from .sight import read_case, read_evidence, read_letter, reveal_phone
from .status import find, forget_tries, is_busy, of_proven_phone
from .steps_inside import end_investigation, note_contact
from .watching import follow_calendar, watch

__all__ = [
    "accept",
    "add_evidence",
    "add_words",
    "answer",
    "approve",
    "assign",
    "attach",
    "begin",
    "clear_stale",
    "close_project_dispute",
    "close_unfounded",
    "confirm_paid",
    "contest_payment",
    "detach",
    "discard",
    "end_investigation",
    "end_person",
    "enforce",
    "file",
    "find",
    "follow_calendar",
    "forget_tries",
    "hand_over",
    "investigate",
    "is_busy",
    "issue_code",
    "issue_code_for",
    "judge_scanned",
    "judge_typed",
    "keep_for_phone",
    "name_inspector",
    "note_contact",
    "of_proven_phone",
    "order",
    "pledge",
    "propose_decision",
    "propose_extension",
    "read_case",
    "read_evidence",
    "read_letter",
    "record_paid",
    "recuse",
    "refer_arbitration",
    "refer_police",
    "refuse",
    "reject",
    "remember_phone",
    "request_supplement",
    "resume_person",
    "reveal_phone",
    "revoke",
    "revoke_code",
    "settle",
    "supply",
    "transfer",
    "verify_person",
    "watch",
    "withdraw",
]
