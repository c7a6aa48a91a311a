"""Answers to outbox messages: the worker learns who may act for them, and the registry follows a changed number."""

from django.utils.translation import gettext as _

from accounts import notices
from accounts.models import User
from core import outbox
from core.models import OutboxMessage

from . import services
from .enums import Source
from .models import Mandate, Worker


@outbox.handler("workers.mandate_granted")
def tell_worker(message: OutboxMessage) -> None:
    mandate = Mandate.objects.select_related("worker__user", "broker").get(pk=message.subject_id)
    worker = mandate.worker
    recipient = notices.recipient_of(user=worker.user, phone=worker.mobile)
    if recipient is None:
        return
    notices.send(
        recipient,
        event=message.topic,
        ref=str(mandate.pk),
        text=_("{name}（劳务经纪人）现在可以替你办事。不是你本人同意的，请登录后结束委托。").format(
            name=mandate.broker.display_name
        ),
        url="/me/mandates/",
        at=message.drained_at,
    )


@outbox.handler("accounts.phone_changed")
def follow_the_account(message: OutboxMessage) -> None:
    """A number that the account lost must lead nobody to the worker, neither a broker's call nor a mandate's code."""
    user = User.objects.get(pk=message.subject_id)
    worker = Worker.objects.filter(user=user).first()
    if worker is not None:
        number = user.phone.open() if user.phone else None
        services.record(worker, {"mobile": number}, source=Source.WORKER, by=user, at=message.drained_at)
