"""Answers to outbox messages: a month that was ordered is built."""

from core import outbox
from core.models import OutboxMessage

from . import services
from .models import BuildOrder


@outbox.handler(services.orders.TOPIC, slow=True)
def build_what_was_ordered(message: OutboxMessage) -> None:
    order = BuildOrder.objects.waiting().filter(pk=message.subject_id).select_related("ordered_by").first()
    if order is not None:
        services.carry_out(order, at=message.drained_at, attempt=message.attempts + 1)
