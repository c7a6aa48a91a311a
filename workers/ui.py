"""The colours of the registry's states."""

from core.ui import register_tones

from .models import ClaimState, DisputeState, ErasureState, FeedState, RankState, TwinState, UpdateState


def register() -> None:
    register_tones(
        "workers.twinpair",
        {
            TwinState.OPEN: "warn",
            TwinState.SAME: "info",
            TwinState.MERGED: "ok",
            TwinState.PARTING: "info",
            TwinState.DIFFERENT: "neutral",
        },
    )
    register_tones(
        "workers.dispute",
        {
            DisputeState.OPEN: "warn",
            DisputeState.TAKEN: "ok",
            DisputeState.REFUSED: "danger",
            DisputeState.WITHDRAWN: "neutral",
        },
    )
    register_tones(
        "workers.erasurerequest",
        {
            ErasureState.FILED: "warn",
            ErasureState.PROPOSED: "warn",
            ErasureState.DONE: "ok",
            ErasureState.REFUSED: "danger",
            ErasureState.WITHDRAWN: "neutral",
        },
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
    register_tones(
        "workers.rankchange",
        {
            RankState.WEIGHING: "info",
            RankState.WEIGHED: "warn",
            RankState.APPLYING: "info",
            RankState.APPLIED: "ok",
            RankState.DROPPED: "neutral",
            RankState.FAILED: "danger",
        },
    )
    register_tones(
        "workers.brokerupdate",
        {
            UpdateState.WAITING: "warn",
            UpdateState.CONFIRMED: "ok",
            UpdateState.DENIED: "danger",
            UpdateState.OVERTAKEN: "neutral",
            UpdateState.JOINED: "neutral",
            UpdateState.LAPSED: "neutral",
        },
    )
    register_tones(
        "workers.mandateclaim",
        {
            ClaimState.WAITING: "warn",
            ClaimState.ACCEPTED: "ok",
            ClaimState.REFUSED: "danger",
            ClaimState.OBJECTED: "danger",
            ClaimState.WITHDRAWN: "neutral",
        },
    )
