"""Projects as they are watched, what is known of them, the monthly files with their lines, and the watch."""

from .fact import Fact, Site
from .file import PayrollFile
from .line import AttendanceLine, Deposit, PayrollLine, Stranger
from .watch import Alert, Simulation, WatchRule, WatchRun

__all__ = [
    "Alert",
    "AttendanceLine",
    "Deposit",
    "Fact",
    "PayrollFile",
    "PayrollLine",
    "Simulation",
    "Site",
    "Stranger",
    "WatchRule",
    "WatchRun",
]
