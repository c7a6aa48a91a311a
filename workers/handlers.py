"""Answers to outbox messages: the worker learns who may act for them, and the registry follows a changed number."""

from django.utils.translation import gettext as _

from accounts import notices
from accounts.models import User
from core import outbox
from core.models import OutboxMessage

from . import services
from .disputes import telling as _disputes  # noqa: F401 - registers its handlers
from .enums import Source
from .feeds import registry
from .freshness import telling as _freshness  # noqa: F401 - the same
from .models import Mandate, Merge, Worker
from .ranking import rank_changes
from .rights import telling as _rights  # noqa: F401 - the same
from .tasks import run_feed, run_rank_change


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


@outbox.handler("workers.mandate_ended")
def tell_both(message: OutboxMessage) -> None:
    """An official ended it: the worker and the broker read why."""
    mandate = Mandate.objects.select_related("worker__user", "broker").get(pk=message.subject_id)
    worker, broker = mandate.worker, mandate.broker
    ends = services.trail_of(worker).filter(verb=message.topic, data__mandate=mandate.pk)
    about = {"event": message.topic, "ref": str(mandate.pk), "at": message.drained_at}
    why = ends.latest("id").reason
    recipient = notices.recipient_of(user=worker.user, phone=worker.mobile)
    if recipient is not None:
        text = _("工作人员已结束你给{name}的委托：{why}").format(name=broker.display_name, why=why)
        notices.send(recipient, text=text, url="/me/mandates/", **about)
    if broker.is_active:
        text = _("工作人员已结束 {number} 给你的委托：{why}").format(number=worker.worker_no, why=why)
        notices.send(broker, text=text, url="/broker/people/", sms=False, **about)


@outbox.handler("accounts.phone_changed")
def follow_the_account(message: OutboxMessage) -> None:
    """A number that the account lost must lead nobody to the worker, neither a broker's call nor a mandate's code."""
    user = User.objects.get(pk=message.subject_id)
    worker = Worker.objects.filter(user=user).first()
    if worker is not None:
        number = user.phone.open() if user.phone else None
        services.record(worker, {"mobile": number}, source=Source.WORKER, by=user, at=message.drained_at)


@outbox.handler("workers.merged")
def tell_of_merge(message: OutboxMessage) -> None:
    text = _("工作人员核实你有两份登记，已合并成一份。如果不是，请到区县人社窗口说明。")
    _tell_accounts(message, text)


@outbox.handler("workers.unmerged")
def tell_of_unmerge(message: OutboxMessage) -> None:
    text = _("你的登记曾与另一份合并，现已核实分开。请看看你的信息对不对，不对可以更正。")
    _tell_accounts(message, text)


def _tell_accounts(message: OutboxMessage, text: str) -> None:
    """Whoever signs in to either row, unless it was their own doing; without an account nobody can be told safely."""
    merge = Merge.objects.select_related("survivor__user", "loser__user").get(pk=message.subject_id)
    for row in (merge.survivor, merge.loser):
        if row.user is not None and row.user.is_active and row.user_id != merge.merged_by_id:
            notices.send(
                row.user, event=message.topic, ref=str(merge.pk), text=text, url="/me/profile/", at=message.drained_at
            )


@outbox.handler(registry.TOPIC)
def hand_over_file(message: OutboxMessage) -> None:
    """A department file waits for work: tell Celery. While its broker is away the message is put off, then retried."""
    run_feed.delay(int(message.subject_id))


@outbox.handler(rank_changes.TOPIC)
def hand_over_ranks(message: OutboxMessage) -> None:
    """The same for a change of how much sources count."""
    run_rank_change.delay(int(message.subject_id))
