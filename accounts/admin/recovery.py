"""Changed and lost phones for officials: oldest first, what was typed only after asking for it, which is recorded."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, masking
from core.admin import PortalModelAdmin
from core.errors import Refusal
from core.templatetags.ui import state_badge

from .. import phones, policies, stepup
from ..forms.recover import ApproveForm, DecisionForm
from ..models import RecoveryRequest, User
from ..services import recovery
from . import decide

VERBS = {"approve": gettext_lazy("核对无误，换绑新号码"), "refuse": gettext_lazy("不予通过")}
HAPPENED = {
    **VERBS,
    "accounts.recovery_filed": gettext_lazy("提交申请"),
    "accounts.recovery_read": gettext_lazy("查看申请内容"),
}


@admin.register(RecoveryRequest)
class RecoveryRequestAdmin(PortalModelAdmin):
    list_display = ["state_word", "reference", "who", "new", "filed_at", "decided_at", "decided_by"]
    list_display_links = ["reference"]
    list_filter = ["state"]
    list_select_related = ["decided_by"]
    search_fields = ["reference__exact"]
    search_help_text = gettext_lazy("申请编号")
    ordering = ["decided_at", "filed_at", "pk"]
    fields = ["state_word", "reference", "who", "old", "new", "note", "filed_at", "decided_at", "decided_by"]
    readonly_fields = fields
    change_form_template = "admin/accounts/recovery.html"

    @admin.display(description=gettext_lazy("状态"), ordering="state")
    def state_word(self, row: RecoveryRequest) -> str:
        return state_badge(row)

    @admin.display(description=gettext_lazy("姓名"))
    def who(self, row: RecoveryRequest) -> str:
        return masking.mask_name(row.name.open())

    @admin.display(description=gettext_lazy("原手机号"))
    def old(self, row: RecoveryRequest) -> str:
        return masking.mask_phone(row.old_phone.open()) if row.old_phone else "—"

    @admin.display(description=gettext_lazy("新手机号"))
    def new(self, row: RecoveryRequest) -> str:
        return masking.mask_phone(row.new_phone.open())

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.decide)
        own = path("<int:pk>/decide/<slug:verb>/", view, name="accounts_recoveryrequest_decide")
        return [own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        may = policies.may_decide_recovery(request.user)
        context["verbs"] = [(verb, VERBS[verb]) for verb in row.FLOW.verbs_from(row.state) if may]
        context["entries"] = [(entry, HAPPENED.get(entry.verb, entry.verb)) for entry in audit.timeline(row)]
        return super().render_change_form(request, context, *args, **kwargs)

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Approve or refuse; what the person typed opens on request and leaves an audit entry."""
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None or verb not in VERBS:
            raise Http404
        if not policies.may_decide_recovery(request.user):
            raise PermissionDenied
        reveal = "reveal" in request.POST
        data = request.POST if request.method == "POST" and not reveal else None
        form = (ApproveForm if verb == "approve" else DecisionForm)(data)
        shown = self._reveal(request, row) if reveal else None

        def act(cleaned: dict) -> None:
            now = timezone.now()
            if verb == "refuse":
                recovery.refuse(row, by=request.user, at=now, reason=cleaned["reason"])
            else:
                account = _named(cleaned["account"])
                recovery.approve(row, by=request.user, at=now, reason=cleaned["reason"], account=account)

        return decide.ask(self, request, row, form, VERBS[verb], act, shown=shown, may_reveal=True)

    def _reveal(self, request: HttpRequest, row: RecoveryRequest) -> list[tuple[str, str]]:
        """Record first, open afterwards: what cannot be recorded is not shown."""
        audit.record("accounts.recovery_read", row, by=request.user, at=timezone.now())
        name, last6 = row.name.open(), row.id_last6.open()
        return [
            (_("姓名"), name),
            (_("身份证号码后六位"), last6),
            (_("原手机号"), phones.spaced(row.old_phone.open()) if row.old_phone else _("没有填")),
            (_("新手机号"), phones.spaced(row.new_phone.open())),
            (_("原账户"), _("{n} 号账户").format(n=row.account_id) if row.account_id else _("没有对上，请查实后填写")),
            (_("和登记信息比对"), _compared(row.account, name, last6)),
            (_("新号码"), _other_account(row)),
        ]


def _named(typed: str) -> User | None:
    """The account an official typed; an unknown one is refused at the field."""
    if not typed:
        return None
    account = recovery.find_account(typed)
    if account is None:
        raise Refusal(_("没有找到这个账户。"), field="account")
    return account


def _compared(account: User | None, name: str, last6: str) -> str:
    if account is None:
        return _("没有账户可比对")
    return {True: _("一致"), False: _("不一致"), None: _("没有登记身份证号码")}[
        stepup.identity_matches(account, name, last6)
    ]


def _other_account(row: RecoveryRequest) -> str:
    other = User.objects.filter(phone_index=row.new_phone_index).exclude(pk=row.account_id).first()
    return _("已有另一个账户（{n} 号），换绑后停用").format(n=other.pk) if other else _("没有其他账户")
