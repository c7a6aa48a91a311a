"""What the worker hears of a dispute, step by step; the colleagues of the place learn that one waits."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import notices
from accounts.enums import Role
from accounts.models import User
from core import outbox
from core.divisions import CITY
from core.models import OutboxMessage
from core.templatetags.ui import cn_date

from ..enums import Source
from ..models import Dispute
from .filing import BY_NUMBER


def _of(message: OutboxMessage) -> Dispute | None:
    """The dispute, unless it went with its worker's data meanwhile."""
    return Dispute.objects.select_related("worker__user").filter(pk=message.subject_id).first()


def _ref(message: OutboxMessage, dispute: Dispute) -> str:
    """One notice per step: a dispute can be passed on more than once."""
    step = message.payload.get("step")
    return f"{dispute.reference}.{step}" if step else dispute.reference


def _tell(message: OutboxMessage, sentence: str, **more: str) -> None:
    dispute = _of(message)
    if dispute is None:
        return
    worker = dispute.worker
    recipient = notices.recipient_of(user=worker.user, phone=worker.mobile)
    if recipient is None:
        return
    label = BY_NUMBER[dispute.indicator].label
    notices.send(
        recipient,
        event=message.topic,
        ref=_ref(message, dispute),
        text=sentence.format(label=label, department=Source(dispute.department).label, day=cn_date(dispute.due_on)),
        url=reverse("workers:dispute", args=[dispute.reference]),
        at=message.drained_at,
    )


@outbox.handler("workers.dispute_filed")
def confirm_receipt(message: OutboxMessage) -> None:
    _tell(message, _("“{label}”的更正申请已收到，{department}最迟 {day} 答复。"))
    _tell_office(message)


@outbox.handler("workers.dispute_joined")
def say_which_one_counts(message: OutboxMessage) -> None:
    _tell(message, _("你的两份登记合并了，“{label}”有两份更正申请，按后提交的那份核实。"))


def _tell_office(message: OutboxMessage) -> None:
    dispute = _of(message)
    if dispute is None:
        return
    there = Q(jurisdictions__code=dispute.district)
    office = User.objects.filter(there, role=Role.OFFICIAL, is_active=True)
    if not office.exists():
        office = User.objects.filter(Q(jurisdictions__code=CITY), role=Role.OFFICIAL, is_active=True)
    text = _("更正申请 {ref} 待办，由{department}负责，最迟 {day} 答复。").format(
        ref=dispute.reference, department=Source(dispute.department).label, day=cn_date(dispute.due_on)
    )
    url = reverse("admin:workers_dispute_change", args=[dispute.pk])
    ref = _ref(message, dispute)
    for official in office.distinct():
        notices.send(official, event=message.topic, ref=ref, text=text, url=url, sms=False, at=message.drained_at)


@outbox.handler("workers.dispute_passed_on")
def say_who_has_it(message: OutboxMessage) -> None:
    _tell(message, _("“{label}”的更正申请已转给{department}，期限不变，最迟 {day} 答复。"))
    _tell_office(message)


@outbox.handler("workers.dispute_taken")
def say_yes(message: OutboxMessage) -> None:
    _tell(message, _("“{label}”已按你说的更正。请登录看看对不对。"))


@outbox.handler("workers.dispute_refused")
def say_no(message: OutboxMessage) -> None:
    _tell(message, _("“{label}”没有更正。理由和接下来可以怎么办，请登录查看。"))
