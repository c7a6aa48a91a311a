"""The colours of this room's states; beside each stands its word."""

from core.ui import Tone, register_tones

from .enums import AlertState, DutyState, Level
from .models import PayrollFile

DUTY_TONES: dict[str, Tone] = {
    DutyState.MET: "ok",
    DutyState.LATE: "warn",
    DutyState.DUE: "info",
    DutyState.OVERDUE: "danger",
    DutyState.WRONG: "danger",
    DutyState.EXEMPT: "neutral",
    DutyState.UNKNOWN: "warn",
}
LEVEL_TONES: dict[int, Tone] = {Level.GREEN: "ok", Level.YELLOW: "warn", Level.RED: "danger"}


def register() -> None:
    register_tones("sites.alert", {AlertState.OPEN: "warn", AlertState.ACKNOWLEDGED: "info", AlertState.CLOSED: "ok"})
    register_tones(
        PayrollFile._meta.label,
        {
            "uploaded": "info",
            "checking": "info",
            "checked": "warn",
            "applying": "info",
            "applied": "ok",
            "undoing": "info",
            "undone": "neutral",
            "failed": "danger",
            "dropped": "neutral",
        },
    )
