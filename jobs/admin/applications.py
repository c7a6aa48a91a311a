"""Applications to confirm and offers to read. Workers appear by number."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from .. import policies
from ..models import Application, Recommendation
from .deciding import APPLICATION_VERBS, DecidedByButtons, OfDistrict


@admin.register(Application)
class ApplicationAdmin(DecidedByButtons):
    """To read, and to confirm for the employer who was hired. Workers appear by number."""

    verbs = APPLICATION_VERBS
    list_display = ["applied_at", "state_word", "vacancy", "worker", "source", "hired_at"]
    list_display_links = ["vacancy"]
    list_select_related = ["vacancy", "worker"]
    list_filter = ["state", "source", OfDistrict]
    search_fields = ["worker__worker_no__exact"]
    search_help_text = gettext_lazy("农民工编号")
    ordering = ["-applied_at", "-pk"]
    fields = readonly_fields = [
        *("vacancy", "worker", "source", "state", "applied_at", "applied_by", "closed_at", "hired_at", "hired_by"),
    ]

    def may(self, user: Any, verb: str, row: Application) -> bool:
        return policies.may_decide(user, row)


@admin.register(Recommendation)
class RecommendationAdmin(DecidedByButtons):
    """Who was offered what, by whom and why: the explanation that the law asks for."""

    list_display = ["offered_at", "state_word", "vacancy", "worker", "broker", "score", "answer_by"]
    list_display_links = ["vacancy"]
    list_select_related = ["vacancy", "worker", "broker"]
    list_filter = ["state", OfDistrict]
    search_fields = ["worker__worker_no__exact"]
    search_help_text = gettext_lazy("农民工编号")
    ordering = ["-offered_at", "-pk"]
    fields = readonly_fields = [
        *("vacancy", "worker", "broker", "score", "reasons", "state", "offered_at", "answer_by", "answered_at"),
    ]
