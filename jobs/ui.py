"""The colours of the jobs matter's states."""

from core.ui import register_tones

from .enums import ApplicationState, RecommendationState, VacancyState


def register() -> None:
    register_tones(
        "jobs.vacancy",
        {
            VacancyState.DRAFT: "neutral",
            VacancyState.PENDING: "warn",
            VacancyState.PUBLISHED: "ok",
            VacancyState.REFUSED: "danger",
            VacancyState.CLOSED: "neutral",
            VacancyState.FILLED: "info",
            VacancyState.EXPIRED: "neutral",
        },
    )
    register_tones(
        "jobs.application",
        {
            ApplicationState.APPLIED: "info",
            ApplicationState.VIEWED: "info",
            ApplicationState.HIRED: "ok",
            ApplicationState.REJECTED: "neutral",
            ApplicationState.WITHDRAWN: "neutral",
        },
    )
    register_tones(
        "jobs.recommendation",
        {
            RecommendationState.OFFERED: "warn",
            RecommendationState.ACCEPTED: "ok",
            RecommendationState.DECLINED: "neutral",
            RecommendationState.EXPIRED: "neutral",
        },
    )
