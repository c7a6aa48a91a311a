"""What a person hears of their request for erasure; after it was carried out there is nobody left to tell."""

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
