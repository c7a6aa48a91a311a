"""Text messages for officials: that one failed and why, never what it said."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import masking
from core.admin import PortalModelAdmin
from core.templatetags.ui import state_badge

from .. import policies
from ..models import SmsMessage, SmsReply


@admin.register(SmsMessage)
class SmsMessageAdmin(PortalModelAdmin):
    list_display = ["state_word", "created_at", "event", "ref", "to", "attempts", "error", "sent_at"]
    list_display_links = None
    list_filter = ["state"]
    search_fields = ["ref__exact"]
    search_help_text = _("事项编号，须完全一致")
    ordering = ["-created_at", "-pk"]
    fields = ["state_word", "created_at", "event", "ref", "to", "attempts", "error", "sent_at"]
    readonly_fields = fields

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.may_read_trail(request.user)

    @admin.display(description=_("状态"), ordering="state")
    def state_word(self, row: SmsMessage) -> str:
        return state_badge(row)

    @admin.display(description=_("手机号"))
    def to(self, row: SmsMessage) -> str:
        return masking.mask_phone(row.phone.open())


@admin.register(SmsReply)
class SmsReplyAdmin(PortalModelAdmin):
    """That somebody replied and what became of it; what they wrote is theirs."""

    list_display = ["state_word", "received_at", "sender", "question", "provider", "handled_at"]
    list_display_links = None
    list_filter = ["state"]
    list_select_related = ["question"]
    ordering = ["-received_at", "-pk"]
    fields = list_display
    readonly_fields = fields

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.may_read_trail(request.user)

    @admin.display(description=_("状态"), ordering="state")
    def state_word(self, row: SmsReply) -> str:
        return state_badge(row)

    @admin.display(description=_("手机号"))
    def sender(self, row: SmsReply) -> str:
        return masking.mask_phone(row.phone.open())
