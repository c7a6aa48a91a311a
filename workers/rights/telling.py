"""Who hears what became of a request for erasure: the person while there is one, and the official who proposed."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import notices
from core import outbox
from core.models import OutboxMessage

from ..models import ErasureRequest


@outbox.handler("workers.erasure_refused")
def say_no(message: OutboxMessage) -> None:
    request = ErasureRequest.objects.select_related("worker__user").get(pk=message.subject_id)
    recipient = notices.recipient_of(user=request.worker.user, phone=request.worker.mobile)
    if recipient is not None:
        notices.send(
            recipient,
            event=message.topic,
            ref=request.reference,
            text=_("你的信息没有删除，理由和接下来可以怎么办，请登录查看。"),
            url=reverse("workers:erase"),
            at=message.drained_at,
        )
    _tell_who_proposed(message, _("你提出删除的 {ref}：另一名工作人员没有同意，信息没有删除。"))


@outbox.handler("workers.erasure_done")
def say_it_is_done(message: OutboxMessage) -> None:
    _tell_who_proposed(message, _("你提出删除的 {ref}：另一名工作人员已同意，信息已经删除。"))


@outbox.handler("workers.erasure_withdrawn")
def say_it_was_taken_back(message: OutboxMessage) -> None:
    _tell_who_proposed(message, _("你提出删除的 {ref}：本人已撤回，信息没有删除。"))


def _tell_who_proposed(message: OutboxMessage, sentence: str) -> None:
    """In the portal only; nobody where it was refused or withdrawn before anybody had proposed."""
    request = ErasureRequest.objects.select_related("proposed_by").get(pk=message.subject_id)
    if request.proposed_by is None or not request.proposed_by.is_active:
        return
    notices.send(
        request.proposed_by,
        event=message.topic,
        ref=request.reference,
        text=sentence.format(ref=request.reference),
        url=reverse("admin:workers_erasurerequest_change", args=[request.pk]),
        sms=False,
        at=message.drained_at,
    )
