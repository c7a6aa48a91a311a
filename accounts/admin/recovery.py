"""Changed and lost phones for officials: oldest first, what was typed only after asking for it, which is recorded."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, masking
from core.admin import PortalModelAdmin, ask
from core.errors import Refusal
from core.templatetags.ui import state_badge

from .. import phones, policies
from ..enums import Comparison, RecoveryState
from ..forms.recover import DecisionForm, ProposeForm
from ..models import RecoveryRequest, User
from ..services import recovery
from .filters import DistrictFilter
from .situation import VERBS, situation, timeline, verbs


class RecoveryDistrictFilter(DistrictFilter):
    lookup = "district__code__startswith"


@admin.register(RecoveryRequest)
class RecoveryRequestAdmin(PortalModelAdmin):
    list_display = ["state_word", "reference", "district", "who", "new", "filed_at", "decided_at", "decided_by"]
    list_display_links = ["reference"]
    list_filter = ["state", RecoveryDistrictFilter]
    list_select_related = ["district", "decided_by"]
    search_fields = ["reference__exact"]
    search_help_text = gettext_lazy("申请编号")
    ordering = [F("decided_at").asc(nulls_first=True), "filed_at", "pk"]
    change_form_template = "admin/accounts/recovery.html"

    @admin.display(description=gettext_lazy("状态"), ordering="state")
    def state_word(self, row: RecoveryRequest) -> str:
        return state_badge(row)

    @admin.display(description=gettext_lazy("姓名"))
    def who(self, row: RecoveryRequest) -> str:
        return masking.mask_name(row.name.open())

    @admin.display(description=gettext_lazy("新手机号"))
    def new(self, row: RecoveryRequest) -> str:
        return masking.mask_phone(row.new_phone.open())

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.decide)
        own = path("<int:pk>/decide/<slug:verb>/", view, name="accounts_recoveryrequest_decide")
        return [own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs["obj"]
        context |= {
            "row": row,
            "situation": situation(row, request.user),
            "decisions": verbs(row, request.user),
            "rows": self._facts(row),
            "items": timeline(row),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def _facts(self, row: RecoveryRequest) -> list[tuple[str, str]]:
        return [
            (_("区县"), row.district.name),
            (_("姓名"), self.who(row)),
            (_("原手机号"), masking.mask_phone(row.old_phone.open()) if row.old_phone else _("没有填")),
            (_("新手机号"), self.new(row)),
            (_("原账户"), _("{n} 号账户").format(n=row.account_id) if row.account_id else _("没有对上")),
            (_("说明"), _("有，按“查看申请内容”") if row.note else _("没有填")),
        ]

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """One of the four steps; what the person typed opens on request and leaves an audit entry."""
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None or verb not in VERBS:
            raise Http404
        back = reverse("admin:accounts_recoveryrequest_change", args=[pk])
        if row.proposed_by_id == request.user.pk:
            messages.warning(request, situation(row, request.user).sentence)
            return redirect(back)
        if not policies.may_decide_recovery(request.user, row):
            raise PermissionDenied
        reveal = "reveal" in request.POST
        return ask(
            self,
            request,
            title=VERBS[verb],
            form=self._form(request, verb, typed=not reveal),
            act=lambda cleaned: _act(row, verb, cleaned, by=request.user),
            done=_("已办理：{what}。").format(what=VERBS[verb]),
            back=back,
            template="admin/accounts/decide.html",
            row=row,
            subject=row.reference,
            situation=situation(row, request.user).sentence,
            shown=self._reveal(request, row) if reveal else None,
            may_reveal=True,
        )

    def _form(self, request: HttpRequest, verb: str, *, typed: bool) -> Form:
        data = request.POST if request.method == "POST" and typed else None
        return (ProposeForm if verb == "propose" else DecisionForm)(data)

    def _reveal(self, request: HttpRequest, row: RecoveryRequest) -> list[tuple[str, str]]:
        """Record first, open afterwards: what cannot be recorded is not shown."""
        audit.record("accounts.recovery_read", row, by=request.user, at=timezone.now())
        return [
            (_("姓名"), row.name.open()),
            (_("身份证号码后六位"), row.id_last6.open()),
            (_("原手机号"), phones.spaced(row.old_phone.open()) if row.old_phone else _("没有填")),
            (_("新手机号"), phones.spaced(row.new_phone.open())),
            (_("说明"), row.note.open() if row.note else _("没有填")),
            (_("原账户"), _("{n} 号账户").format(n=row.account_id) if row.account_id else _("没有对上，请查实后填写")),
            (_("和登记信息比对"), Comparison(recovery.compare(row)).label),
            (_("新号码"), _other_account(row)),
        ]


def _act(row: RecoveryRequest, verb: str, cleaned: dict, *, by: User) -> None:
    about = {"by": by, "at": timezone.now(), "reason": cleaned["reason"]}
    if verb == "propose":
        recovery.propose(row, account=_named(cleaned["account"]), **about)
    else:
        {"approve": recovery.approve, "confirm": recovery.confirm, "refuse": recovery.refuse}[verb](row, **about)


def _named(typed: str) -> User | None:
    """The account an official typed; an unknown one is refused at the field."""
    if not typed:
        return None
    account = recovery.find_account(typed)
    if account is None:
        raise Refusal(_("没有找到这个账户。"), field="account")
    return account


def _other_account(row: RecoveryRequest) -> str:
    other = User.objects.filter(phone_index=row.new_phone_index).exclude(pk=row.account_id).first()
    if other is None or row.state not in (RecoveryState.FILED, RecoveryState.PROPOSED):
        return _("没有其他账户")
    return _("已有另一个账户（{n} 号），换绑后停用").format(n=other.pk)
