"""Vacancies for officials: what waits to be checked first, with the wording check and two buttons."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.filters import WithoutDrafts
from core.templatetags.ui import division
from employers.rules import normalised_uscc, uscc_is_valid

from .. import cards, policies, wording
from ..models import Vacancy
from ..services.vacancies import CHECKED_TEXTS
from .deciding import VACANCY_VERBS, DecidedByButtons, OfDistrict


@admin.register(Vacancy)
class VacancyAdmin(DecidedByButtons):
    """Waiting ones first, the longest waiting on top."""

    verbs = VACANCY_VERBS
    list_display = ["waiting_since", "state_word", "title", "employer", "district_name", "expires_on"]
    list_display_links = ["title"]
    list_select_related = ["employer"]
    list_filter = [("state", WithoutDrafts), OfDistrict]
    search_fields = ["title__startswith"]
    search_help_text = gettext_lazy("岗位名称的开头，或单位的统一社会信用代码")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("employer", "registered_by")

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """One state stands on one side of the queue; said, that would lead PostgreSQL to read the whole side."""
        return ["created_at", "pk"] if "state__exact" in request.GET else ["queue", "created_at", "pk"]

    def get_search_results(self, request: HttpRequest, queryset: Any, term: str) -> tuple[Any, bool]:
        """A credit code finds its employer's vacancies, anything else a title's beginning: one index each."""
        if not term.strip():
            return queryset, False
        code = normalised_uscc(term)
        if uscc_is_valid(code):
            return queryset.filter(employer__uscc=code), False
        return queryset.filter(title__startswith=term.strip()), False

    @admin.display(description=gettext_lazy("登记时间"))
    def waiting_since(self, row: Vacancy) -> Any:
        return row.created_at

    @admin.display(description=gettext_lazy("地点"))
    def place(self, row: Vacancy) -> str:
        return division(row.division_id)

    @admin.display(description=gettext_lazy("区县"))
    def district_name(self, row: Vacancy) -> str:
        return format_html('<span class="nowrap">{}</span>', division(row.district))

    @admin.display(description=gettext_lazy("待遇"))
    def benefit_words(self, row: Vacancy) -> str:
        return "、".join(cards.benefit_words(row))

    @admin.display(description=gettext_lazy("报酬"))
    def pay(self, row: Vacancy) -> str:
        return format_html('<span class="nowrap">{}/{}</span>', cards.pay(row), cards.pay_unit(row))

    @admin.display(description=gettext_lazy("用语检查"))
    def wording_check(self, row: Vacancy) -> str:
        found = wording.findings_by_field({name: getattr(row, name) for name in CHECKED_TEXTS})
        reasons = [finding.reason for findings in found.values() for finding in findings]
        return " ".join(reasons) or _("没有发现歧视性用语。")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [
            *("wording_check", "title", "employer", "employer_profile", "trade", "headcount", "filled_count"),
            *("requirements", "skill_level", "duties", "starts_on", "place", "address", "pay", "pay_cycle", "pay_day"),
            *("benefit_words", "expires_on", "state", "registered_by", "created_at", "checked_by", "checked_at"),
            "refusal_reason",
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.get_fields(request, obj)

    def may(self, user: Any, verb: str, row: Vacancy) -> bool:
        return policies.may_manage(user, row) if verb == "close" else policies.may_check(user, row)

    def summary(self, row: Vacancy) -> list[dict[str, str]]:
        return [{"label": _("用语检查"), "value": self.wording_check(row)}, *cards.statutory_rows(row)]
