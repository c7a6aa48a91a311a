"""Answers to outbox messages."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core import outbox
from core.divisions import CITY
from core.models import OutboxMessage

from . import notices, replies, sms
from .enums import RecoveryState, Role
from .models import RecoveryRequest, User


@outbox.handler("accounts.sms")
def send_sms(message: OutboxMessage) -> None:
    sms.deliver(int(message.subject_id), at=message.drained_at)


@outbox.handler("accounts.sms_reply")
def answer_a_reply(message: OutboxMessage) -> None:
    replies.handle(int(message.subject_id), at=message.drained_at)


@outbox.handler("accounts.recovery_proposed")
def ask_a_second_official(message: OutboxMessage) -> None:
    """The colleagues of the place and of the city learn that somebody else than the proposer must decide."""
    request = RecoveryRequest.objects.filter(pk=message.subject_id).first()
    if request is None or request.state != RecoveryState.PROPOSED:  # it goes with the account that is erased
        return
    there = Q(jurisdictions__code__in=[request.district_id, CITY])
    colleagues = User.objects.filter(there, role=Role.OFFICIAL, is_active=True).exclude(pk=request.proposed_by_id)
    text = _("换号找回 {ref} 和登记对不上，已有一名工作人员提出换绑，等你审批。").format(ref=request.reference)
    url = reverse("admin:accounts_recoveryrequest_change", args=[request.pk])
    for official in colleagues.distinct():
        notices.send(
            official, event=message.topic, ref=request.reference, text=text, url=url, sms=False, at=message.drained_at
        )
