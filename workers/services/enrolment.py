"""How a signed-in person comes to a row of the registry.

A phone number alone never leads to somebody's row: operators hand numbers on to strangers after about 90 days.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import Refusal, refuse_unless, require

from ..enums import Source
from ..models import Worker
from .recording import record, record_first
from .sealed import readable, refuse_children


@transaction.atomic
def for_user(user: Any, *, at: datetime) -> Worker:
    """The row of a signed-in worker; a new one, carrying only the proven phone number, on the first visit."""
    worker = Worker.objects.filter(user=user).first()
    # None once more: a second tap was faster.
    return worker or _added(user, {}, at) or Worker.objects.get(user=user)


def _added(user: Any, stated: dict[str, str], at: datetime) -> Worker | None:
    """The person's new row with the proven phone and what they state; None where somebody has its keys already."""
    worker = Worker(user_id=user.pk, created_at=at)  # by number: `user.worker` must not name a row that is refused
    if user.phone:
        stated = {"mobile": user.phone.open(), **stated}
    return worker if record_first(worker, stated, source=Source.WORKER, by=user, at=at) else None


@transaction.atomic
def identify(user: Any, *, full_name: str, id_number: str, by: Any, at: datetime) -> Worker:
    """Take name and ID number once. A row that a department already made is joined when name and phone agree.

    Raises `Refusal` with the way on when the number belongs to a row that cannot be joined like this.
    """
    require(by == user, _("只有本人可以填写。"))
    said = readable(id_number)
    name = " ".join(full_name.split())
    refuse_unless(1 < len(name) <= 40, _("请填写身份证上的姓名。"), field="full_name")
    stated = {"full_name": name, "id_number": said.number}
    # Nearly everybody who comes here is new, so the registry is asked only where a key stands against that.
    if new := _added(user, stated, at):  # which refuses children, as every way of stating a number does
        return new
    refuse_children(said, at=at)
    own = for_user(user, at=at)
    if own.id_number is not None:
        same = own.id_number.open() == said.number
        refuse_unless(same, _("你已经登记过身份证号。要更正，请到区县人社窗口。"), field="id_number")
        return own
    known = Worker.objects.with_id_number(said.number).first()
    if known is None:
        try:
            with transaction.atomic():
                record(own, stated, source=Source.WORKER, by=user, at=at)
        except IntegrityError as error:  # somebody else stated the number at the same moment
            raise Refusal(_("这个身份证号刚刚登记在另一个账户下，请到区县人社窗口核对。"), field="id_number") from error
        return Worker.objects.get(pk=own.pk)
    joinable = known.user_id is None and known.full_name == name and known.mobile_index is not None
    if not joinable or bytes(known.mobile_index) != bytes(user.phone_index or b""):
        raise Refusal(
            _(
                "这个身份证号已经登记，登记的姓名或手机号和你现在的不一样。换过号码，请用“换号找回”，或带身份证到区县人社窗口、找劳务经纪人办理。"
            ),
            field="id_number",
        )
    return _join(own, known, user=user, at=at)


def _join(own: Worker, known: Worker, *, user: Any, at: datetime) -> Worker:
    """The person's fresh row is taken into the row that was there before, as any two rows of one person are."""
    from ..twins.judging import join  # which asks this package for its verbs

    join(known, own, by=user, at=at)
    audit.record("workers.join", known, by=user, at=at, joined=own.worker_no)
    return Worker.objects.get(pk=known.pk)


def identity_matches(user: Any, name: str, id_last6: str) -> bool | None:
    """For `accounts.stepup`: whether name and the last six characters fit; None without an ID number on file."""
    worker = Worker.objects.filter(user=user).first()
    if worker is None or worker.id_number is None:
        return None
    return worker.full_name == name and worker.id_number.open()[-6:] == id_last6
