"""The verbs of the wages matter: the only place that writes. One function each, `*, by, at`."""

from ._links import tell_registry
from .acceptance import accept, refer_arbitration, refuse, request_supplement, transfer
from .answers import NO, YES, confirm_payment, contest_payment, say_paid
from .approvals import approve, propose_decision, propose_extension, reject
from .arbitration import (
    arb_accept,
    arb_apply,
    arb_award,
    arb_defend,
    arb_extend,
    arb_hearing,
    arb_mediate,
    arb_mediated,
    arb_provisional,
    arb_refuse,
    arb_serve,
    arb_sue,
)
from .codes import issue_code, issue_code_for, revoke_code
from .coming_back import take_back
from .complainant import add_evidence, add_words, supply, withdraw
from .court import demand, enforce
from .drafts import answer, attach, begin, clear_stale, detach, discard, keep_for_phone, pledge, remember_phone
from .ending import close_project_dispute, close_unfounded, refer_police, revoke, settle
from .entrusted import ask_person, begin_for, file_for, file_on_record, hear_person, phone_for, take_down
from .filing import file
from .from_sites import begin_from_wages, file_alert, months_of
from .handling import assign, investigate, order, recuse
from .inspectors import name_inspector
from .moving import hand_over
from .outside import ask_outside, call_back, hand_back
from .payments import QUESTION, record_payments, void_payment, vouch
from .people import end_person, resume_person, verify_person
from .police import police_answer, police_receipt
from .presuming import ask as ask_payment
from .presuming import presume, watch_payments
from .receipts import judge_scanned, judge_typed
from .repeats import repeats_of
from .resuming import find_draft, spelt
from .routes import propose_rule, simulate, switch_off, switch_on
from .sight import read_case, read_evidence, read_letter, reveal_phone
from .status import find, forget_tries, is_busy, of_proven_phone, people_of_proven_phone
from .steps_inside import end_investigation, note_contact
from .transferring import ask_again, record_answer
from .unnamed import agree_named, ask_confidential, is_unnamed
from .watching import follow_calendar, watch

__all__ = [
    "NO",
    "QUESTION",
    "YES",
    "accept",
    "add_evidence",
    "add_words",
    "agree_named",
    "answer",
    "approve",
    "arb_accept",
    "arb_apply",
    "arb_award",
    "arb_defend",
    "arb_extend",
    "arb_hearing",
    "arb_mediate",
    "arb_mediated",
    "arb_provisional",
    "arb_refuse",
    "arb_serve",
    "arb_sue",
    "ask_again",
    "ask_confidential",
    "ask_outside",
    "ask_payment",
    "ask_person",
    "assign",
    "attach",
    "begin",
    "begin_for",
    "begin_from_wages",
    "call_back",
    "clear_stale",
    "close_project_dispute",
    "close_unfounded",
    "confirm_payment",
    "contest_payment",
    "demand",
    "detach",
    "discard",
    "end_investigation",
    "end_person",
    "enforce",
    "file",
    "file_alert",
    "file_for",
    "file_on_record",
    "find",
    "find_draft",
    "follow_calendar",
    "forget_tries",
    "hand_back",
    "hand_over",
    "hear_person",
    "investigate",
    "is_busy",
    "is_unnamed",
    "issue_code",
    "issue_code_for",
    "judge_scanned",
    "judge_typed",
    "keep_for_phone",
    "months_of",
    "name_inspector",
    "note_contact",
    "of_proven_phone",
    "order",
    "people_of_proven_phone",
    "phone_for",
    "pledge",
    "police_answer",
    "police_receipt",
    "presume",
    "propose_decision",
    "propose_extension",
    "propose_rule",
    "read_case",
    "read_evidence",
    "read_letter",
    "record_answer",
    "record_payments",
    "recuse",
    "refer_arbitration",
    "refer_police",
    "refuse",
    "reject",
    "remember_phone",
    "repeats_of",
    "request_supplement",
    "resume_person",
    "reveal_phone",
    "revoke",
    "revoke_code",
    "say_paid",
    "settle",
    "simulate",
    "spelt",
    "supply",
    "switch_off",
    "switch_on",
    "take_back",
    "take_down",
    "tell_registry",
    "transfer",
    "verify_person",
    "void_payment",
    "vouch",
    "watch",
    "watch_payments",
    "withdraw",
]
