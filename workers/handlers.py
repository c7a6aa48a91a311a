"""Answers to outbox messages: the worker learns who may act for them."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import notices
from core import outbox
from core.models import OutboxMessage

from .models import Mandate


@outbox.handler("workers.mandate_granted")
def tell_worker(message: OutboxMessage) -> None:
    mandate = Mandate.objects.select_related("worker__user", "broker").get(pk=message.subject_id)
    worker = mandate.worker
    recipient = worker.user or (worker.mobile.open() if worker.mobile else None)
    if recipient is None:
        return
    notices.send(
        recipient,
        event=message.topic,
        ref=str(mandate.pk),
        text=_("{name}（劳务经纪人）现在可以替您办事。不是您本人同意的，请登录后结束委托。").format(
            name=mandate.broker.display_name
        ),
        url="/me/mandates/",
        at=timezone.now(),
    )
