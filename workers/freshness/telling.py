"""Who hears of a broker's update and of a mandate on paper, and by what."""

from django.conf import settings
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

from ..models import BrokerUpdate, MandateClaim
from .updating import recipient_for
from .wording import labels_of


def _update(message: OutboxMessage) -> BrokerUpdate | None:
    """The update, unless it went with its worker's data meanwhile."""
    rows = BrokerUpdate.objects.select_related("worker__user", "broker")
    return rows.filter(pk=message.subject_id).first()


@outbox.handler("workers.broker_update")
def ask_on_their_own_page(message: OutboxMessage) -> None:
    """Without a text message: the one with the code has been sent already."""
    update = _update(message)
    account = update.worker.user if update else None
    if account is None or not account.is_active:
        return
    text = _("{name}（劳务经纪人）替你更新了 {what}，对不对请点一下。")
    notices.send(
        account,
        event=message.topic,
        ref=str(update.pk),
        text=text.format(name=update.broker.display_name, what=labels_of(update.numbers)),
        url=reverse("workers:broker_update", args=[update.pk]),
        sms=False,
        at=message.drained_at,
    )


@outbox.handler("workers.broker_update_confirmed")
def tell_broker_yes(message: OutboxMessage) -> None:
    _tell_broker(message, _("{number} 已确认你更新的 {what}。"))


@outbox.handler("workers.broker_update_denied")
def tell_broker_no(message: OutboxMessage) -> None:
    _tell_broker(message, _("{number} 说你更新的 {what} 有不对的，已恢复原样。请和他核实后再填。"))


def _tell_broker(message: OutboxMessage, sentence: str) -> None:
    update = _update(message)
    if update is None or update.decided_by_id == update.broker_id or not update.broker.is_active:
        return  # gone, or the broker typed the code and has seen it
    notices.send(
        update.broker,
        event=message.topic,
        ref=str(update.pk),
        text=sentence.format(number=update.worker.worker_no, what=labels_of(update.numbers)),
        url=reverse("workers:client_profile", args=[update.worker.worker_no]),
        sms=False,
        at=message.drained_at,
    )


def _claim(message: OutboxMessage) -> MandateClaim | None:
    rows = MandateClaim.objects.select_related("worker__user", "broker")
    return rows.filter(pk=message.subject_id).first()


@outbox.handler("workers.claim_filed")
def warn_worker_and_tell_office(message: OutboxMessage) -> None:
    claim = _claim(message)
    if claim is None:
        return
    recipient = recipient_for(claim.worker)
    if recipient is not None:
        text = _("劳务经纪人{name}说你签了委托书，人社局正在核对。没签过请登录否认，或打{line}。")
        notices.send(
            recipient,
            event=message.topic,
            ref=claim.reference,
            text=text.format(name=claim.broker.display_name[:10], line=settings.SITE_HELP_LINE["number"]),
            url=reverse("workers:mandates"),
            at=message.drained_at,
        )
    _tell_office(claim, message)


def _tell_office(claim: MandateClaim, message: OutboxMessage) -> None:
    office = User.objects.filter(jurisdictions__code=claim.district, role=Role.OFFICIAL, is_active=True)
    if not office.exists():
        office = User.objects.filter(Q(jurisdictions__code=CITY), role=Role.OFFICIAL, is_active=True)
    text = _("纸质委托 {ref} 待核对，最迟 {day}。").format(ref=claim.reference, day=cn_date(claim.due_on))
    url = reverse("admin:workers_mandateclaim_change", args=[claim.pk])
    for official in office.distinct():
        notices.send(
            official, event=message.topic, ref=claim.reference, text=text, url=url, sms=False, at=message.drained_at
        )


@outbox.handler("workers.claim_refused")
def say_why_not(message: OutboxMessage) -> None:
    """Both read it; the worker without a message to the phone, because nothing changed for them."""
    claim = _claim(message)
    if claim is None:
        return
    _tell_claimant(claim, message, _("纸质委托 {ref} 没有通过核对，理由请看“纸质委托”。"))
    if claim.worker.user is not None and claim.worker.user.is_active:
        text = _("{name}提交的委托书没有通过核对，他不能替你办事。").format(name=claim.broker.display_name)
        notices.send(
            claim.worker.user,
            event=message.topic,
            ref=claim.reference,
            text=text,
            url=reverse("workers:mandates"),
            sms=False,
            at=message.drained_at,
        )


@outbox.handler("workers.claim_joined")
def say_which_one_counts(message: OutboxMessage) -> None:
    if claim := _claim(message):
        _tell_claimant(claim, message, _("纸质委托 {ref} 不再核对：他的两份登记合并了，按你后提交的那份办。"))


@outbox.handler("workers.claim_objected")
def say_who_said_no(message: OutboxMessage) -> None:
    if claim := _claim(message):
        _tell_claimant(claim, message, _("纸质委托 {ref}：本人说没有签过，已经停止核对。"))


def _tell_claimant(claim: MandateClaim, message: OutboxMessage, sentence: str) -> None:
    if claim.broker.is_active:
        notices.send(
            claim.broker,
            event=message.topic,
            ref=claim.reference,
            text=sentence.format(ref=claim.reference),
            url=reverse("workers:paper_mandates"),
            sms=False,
            at=message.drained_at,
        )
