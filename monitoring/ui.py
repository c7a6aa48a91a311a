"""The colours of a report's states."""

from core.ui import register_tones

from .enums import ReportState

register_tones(
    "monitoring.report",
    {
        ReportState.DRAFT: "warn",
        ReportState.PUBLISHED: "ok",
        ReportState.SUPERSEDED: "neutral",
        ReportState.WITHDRAWN: "danger",
    },
)
