"""The only writers of this room: facts, files, rules, alerts."""

from .alerts import acknowledge, close, link_case, report
from .facts import record, withdraw
from .receiving import receive, take_in
from .rules import confirm_switch, drop_switch, propose_switch, simulate

__all__ = [
    "acknowledge",
    "close",
    "confirm_switch",
    "drop_switch",
    "link_case",
    "propose_switch",
    "receive",
    "record",
    "report",
    "simulate",
    "take_in",
    "withdraw",
]
