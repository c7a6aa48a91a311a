"""The colours of the registry's states."""

from core.ui import register_tones

from .models import FeedState, TwinState


def register() -> None:
    register_tones(
        "workers.twinpair",
        {TwinState.OPEN: "warn", TwinState.SAME: "info", TwinState.MERGED: "ok", TwinState.DIFFERENT: "neutral"},
    )
    register_tones(
        "workers.feedbatch",
        {
            FeedState.UPLOADED: "info",
            FeedState.CHECKING: "info",
            FeedState.CHECKED: "warn",
            FeedState.APPLYING: "info",
            FeedState.APPLIED: "ok",
            FeedState.UNDOING: "info",
            FeedState.UNDONE: "neutral",
            FeedState.FAILED: "danger",
            FeedState.DROPPED: "neutral",
        },
    )
