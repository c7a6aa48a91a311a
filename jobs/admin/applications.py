"""Applications to confirm and offers to read. Workers appear by number."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.ui import cn_datetime

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

    def summary(self, row: Application) -> list[dict[str, str]]:
        vacancy = row.vacancy
        left = _("招 {all} 人，还差 {left} 人").format(all=vacancy.headcount, left=vacancy.places_left)
        return [
            {"label": _("岗位"), "value": f"{vacancy.title}（{vacancy.get_state_display()}，{left}）"},
            {"label": _("用人单位"), "value": vacancy.employer.name},
            {"label": _("报名人"), "value": f"{row.worker.worker_no}（{row.get_source_display()}）"},
            {"label": _("报名时间"), "value": cn_datetime(row.applied_at)},
            {"label": _("录用时间"), "value": cn_datetime(row.hired_at) if row.hired_at else ""},
        ]


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
        *("vacancy", "worker", "broker", "score", "why", "state", "offered_at", "answer_by", "answered_at"),
    ]

    @admin.display(description=gettext_lazy("理由"))
    def why(self, row: Recommendation) -> str:
        return "；".join(row.reasons)
