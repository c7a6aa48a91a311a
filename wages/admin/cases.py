"""The case list by deadline, the case page with its decisions, and assigning many at once."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.policies import is_official
from core import crypto, files
from core.admin import PortalChangeList, PortalModelAdmin
from core.calendar import local_day
from core.divisions import name_of
from core.templatetags.ui import badge, cn_date, fen_short, state_badge

from .. import policies, services, summary, weekly
from ..desk import with_due
from ..marks import read_case_number, read_wage_code
from ..models import Case, Recusal
from ..querysets import BY_DEADLINE
from . import acting, bulk, money, oral, page
from .filters import CaseDistrictFilter, DueFilter, HandlerFilter


class CasesByDeadline(PortalChangeList):
    """One page of cases with the working days left, read from the calendar once."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        if not policies.may_search_by_phone(request.user):
            self.search_help_text = _("投诉编号或渝薪码，须完全一致")

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = with_due(self.result_list, at=timezone.now())
        shown = [row.pk for row in self.result_list]
        aside = set(Recusal.objects.filter(official=request.user, case__in=shown).values_list("case_id", flat=True))
        for row in self.result_list:
            row.stepped_aside = row.pk in aside


@admin.register(Case)
class CaseAdmin(PortalModelAdmin):
    list_display = ["due", "number", "what", "amount", "state_word", "handler", "where", "submitted_on"]
    list_display_links = ["number"]
    list_filter = [DueFilter, HandlerFilter, "state", "kind", "field_type", CaseDistrictFilter]
    search_fields = ["number__exact"]
    search_help_text = _("投诉编号、渝薪码或完整手机号，须完全一致")
    ordering = BY_DEADLINE
    change_list_template = "admin/wages/cases.html"
    sortable_by = ["due", "submitted_on"]
    actions = ["assign_selected"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[PortalChangeList]:
        return CasesByDeadline

    @admin.display(description=_("期限"), ordering=F("due_on").asc(nulls_last=True))
    def due(self, row: Case) -> str:
        word = badge(row.due["word"], row.due["tone"])
        if row.due_on is None:
            return word
        return format_html(
            "{}<br><small>{}{}</small>", word, cn_date(row.due_on), _("（暂定）") if row.due_provisional else ""
        )

    @admin.display(description=_("事由"))
    def what(self, row: Case) -> str:
        place = summary.registered_place(row) if row.stepped_aside else row.place
        return place if row.headcount == 1 else _("{place} · {n} 人").format(place=place, n=row.headcount)

    @admin.display(description=_("金额"))
    def amount(self, row: Case) -> str:
        return fen_short(row.amount_fen)

    @admin.display(description=_("状态"))
    def state_word(self, row: Case) -> str:
        return state_badge(row)

    @admin.display(description=_("承办"))
    def handler(self, row: Case) -> str:
        return str(row.assignee) if row.assignee else _("未分派")

    @admin.display(description=_("单位或项目"))
    def registered(self, row: Case) -> str:
        return summary.registered_place(row)

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """The district is worth a column only for those who see more than one. Auditors see nothing that was told."""
        one = all(len(prefix) >= 6 for prefix in request.user.jurisdiction_prefixes())
        shown = [name for name in self.list_display if name != "where" or not one]
        return ["registered" if name == "what" and not is_official(request.user) else name for name in shown]

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        return ["assignee"] if is_official(request.user) else ["assignee", "employer", "project"]

    @admin.display(description=_("提交"), ordering="submitted_at")
    def submitted_on(self, row: Case) -> str:
        return date_format(localtime(row.submitted_at), "Y-m-d")

    @admin.display(description=_("区县"))
    def where(self, row: Case) -> str:
        return name_of(row.district)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        """An exact mark finds its case; anything else finds nothing, and never scans the table."""
        if not term.strip():
            return queryset, False
        number, code = read_case_number(term), read_wage_code(term)
        if number:
            return queryset.filter(number=number), False
        if code:
            return queryset.filter(wage_code__code=code), False
        if policies.may_search_by_phone(request.user):
            found = queryset.filter(phone_index=crypto.blind_index("phone", term[:40]))
            return found.exclude(recusals__official=request.user), False
        return queryset.none(), False

    @admin.action(description=_("分派给…"), permissions=["decide"])
    def assign_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return bulk.assign(self, request, queryset)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return is_official(request.user)

    def get_urls(self) -> list:
        own = [
            ("weekly/", self.weekly, "weekly"),
            ("<int:pk>/decide/<slug:slug>/", self.decide, "decide"),
            ("<int:pk>/approval/<int:approval>/<slug:answer>/", self.sign, "sign"),
            ("<int:pk>/payments/", self.payments, "payments"),
            ("<int:pk>/payments/<int:payment>/<slug:verb>/", self.payment, "payment"),
            ("<int:pk>/phone/", self.phone, "phone"),
            ("<int:pk>/evidence/<int:evidence>/", self.evidence, "evidence"),
            ("<int:pk>/letter/<int:letter>/", self.letter, "letter"),
        ]
        view = self.admin_site.admin_view
        own += oral.addresses(self)
        return [*(path(route, view(act), name=f"wages_case_{name}") for route, act, name in own), *super().get_urls()]

    def weekly(self, request: HttpRequest) -> HttpResponse:
        """The week's figures of the districts that this person sees; nothing personal is in them."""
        at = timezone.now()
        monday = weekly.read_week(request.GET.get("week", ""), at=at)
        found = weekly.of_week(Case.objects.visible_to(request.user), monday)
        rows = [(name_of(code), row) for code, row in found.items()]
        if len(rows) > 1:
            rows.append((_("合计"), weekly.total(found)))
        after = monday + timedelta(days=7)
        return self.render(
            request,
            "weekly",
            _("欠薪案件周统计"),
            rows=rows,
            monday=monday,
            sunday=after - timedelta(days=1),
            last_week=monday - timedelta(days=7),
            next_week=after if after <= local_day(at) else None,
        )

    def find(self, request: HttpRequest, pk: int) -> Case:
        """The case, if this person may see it; 404 otherwise, also for one of another district."""
        case = (
            self.get_queryset(request)
            .select_related("assignee", "second_inspector", "employer", "project", "wage_code")
            .filter(pk=pk)
        )
        if found := case.first():
            return found
        raise Http404

    def find_to_read(self, request: HttpRequest, pk: int) -> Case:
        """Visible and not readable (an auditor, somebody who stepped aside) is forbidden rather than unknown."""
        case = self.find(request, pk)
        if not policies.may_read(request.user, case):
            raise PermissionDenied
        return case

    def render(self, request: HttpRequest, template: str, title: Any, **context: Any) -> TemplateResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, f"admin/wages/{template}.html", {**shared, **context})

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None):
        """The case page instead of a form: everything here is written by decisions."""
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404
        case, at = self.find(request, int(object_id)), timezone.now()
        if policies.may_read(request.user, case):
            services.read_case(case, by=request.user, at=at)
        return self.render(request, "case", case.number, **page.context(case, request.user, at=at))

    def decide(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        return acting.decide(self, request, self.find(request, pk), slug)

    def sign(self, request: HttpRequest, pk: int, approval: int, answer: str) -> HttpResponse:
        return acting.sign(self, request, self.find(request, pk), approval, answer)

    def payments(self, request: HttpRequest, pk: int) -> HttpResponse:
        return money.payments(self, request, self.find(request, pk))

    def payment(self, request: HttpRequest, pk: int, payment: int, verb: str) -> HttpResponse:
        return money.one(self, request, self.find(request, pk), payment, verb)

    def phone(self, request: HttpRequest, pk: int) -> HttpResponse:
        return acting.reveal(self, request, self.find(request, pk))

    def evidence(self, request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
        """A photo or paper, once it is on record who opens it."""
        row = self.find_to_read(request, pk).evidence.select_related("stored", "case").filter(pk=evidence).first()
        if row is None:
            raise Http404
        services.read_evidence(row, by=request.user, at=timezone.now())
        return files.respond(row.stored)

    def letter(self, request: HttpRequest, pk: int, letter: int) -> HttpResponse:
        """A letter, once it is on record who opens it."""
        case = self.find_to_read(request, pk)
        found = case.documents.select_related("case").filter(pk=letter).first()
        if found is None:
            raise Http404
        services.read_letter(found, by=request.user, at=timezone.now())
        return self.render(request, "letter", found.get_kind_display(), **page.letter(case, found))

    def say(self, request: HttpRequest, sentence: str, level: int = messages.SUCCESS) -> None:
        self.message_user(request, sentence, level)
