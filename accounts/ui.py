"""The colours of this app's states."""

from core import ui

from .enums import RecoveryState, ReplyState, SmsState


def register() -> None:
    ui.register_tones(
        "accounts.recoveryrequest",
        {
            RecoveryState.FILED: "info",
            RecoveryState.PROPOSED: "warn",
            RecoveryState.APPROVED: "ok",
            RecoveryState.REFUSED: "danger",
        },
    )
    ui.register_tones("accounts.smsmessage", {SmsState.QUEUED: "info", SmsState.SENT: "ok", SmsState.FAILED: "danger"})
    ui.register_tones(
        "accounts.smsreply",
        {
            ReplyState.RECEIVED: "info",
            ReplyState.ACTED: "ok",
            ReplyState.REFUSED: "warn",
            ReplyState.UNCLEAR: "warn",
            ReplyState.LIMITED: "danger",
        },
    )
