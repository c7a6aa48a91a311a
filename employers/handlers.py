"""Answers to outbox messages: whoever registered an employer learns what became of it."""

from django.utils.translation import gettext as _

from accounts import notices
from core import outbox
from core.models import OutboxMessage

from .models import Employer


def _tell(message: OutboxMessage, text: str) -> None:
    employer = Employer.objects.select_related("registered_by").get(pk=message.subject_id)
    if employer.registered_by:
        notices.send(
            employer.registered_by,
            event=message.topic,
            ref=f"{employer.pk}:{message.pk}",
            text=text.format(name=employer.name, reason=employer.refusal_reason),
            sms=False,
            at=message.drained_at,
        )


@outbox.handler("employers.verify")
def tell_verified(message: OutboxMessage) -> None:
    _tell(message, _("你登记的“{name}”已核验，可以发布岗位。"))


@outbox.handler("employers.refuse")
def tell_refused(message: OutboxMessage) -> None:
    _tell(message, _("你登记的“{name}”没有通过核验：{reason}"))
