"""A broker asks for a mandate from afar: the code on the worker's phone is the worker's word.

Each request is a text message to somebody who may never have heard of the broker, so both sides are counted:
what one broker may send in a day, and what one phone may get, whoever asks. Nothing here looks whether the phone
is registered before the right code was typed.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts import codes, phones
from accounts.locks import queue_for
from accounts.policies import is_broker
from core import audit, parameters
from core.calendar import local_day
from core.crypto import blind_index
from core.errors import Refusal, refuse_unless, require

from ..enums import Evidence, MandateScope
from ..held import is_phone_brokers
from ..models import Mandate, Worker
from .mandates import make_mandate

ASKED = "workers.mandate_asked"
DAY = timedelta(days=1)
BROKERS_LIMIT, PHONES_LIMIT = "workers.mandate_requests_broker", "workers.mandate_requests_phone"
_PURPOSE = "mandate:"
_LONGEST_NAME = 10
_IN_SHORT = {
    MandateScope.PROFILE: lazy("更新信息"),
    MandateScope.JOBS: lazy("找工作"),
    MandateScope.WAGES: lazy("投诉欠薪"),
    MandateScope.HOUSING: lazy("申请公租房"),
}


@transaction.atomic
def ask_for_mandate(
    phone: str,
    *,
    scope: Iterable[str],
    session_key: str,
    by: Any,
    at: datetime,
    address: str = "",
    asked: bool = False,
) -> codes.Sent:
    """Send the worker a code that says who asks and for what. Raises `codes.QuestionFirst` or another `Refusal`."""
    require(is_broker(by), _("只有劳务经纪人可以请人委托。"))
    number, wanted = phones.clean(phone), _wanted(scope)
    queue_for(blind_index("attempt:mandate", str(by.pk)))
    _refuse_beyond_brokers_limit(by, at)
    queue_for(phones.index(number))
    _refuse_beyond_phones_limit(number, at)
    sent = codes.send(
        number,
        _purpose(wanted),
        session_key=session_key,
        at=at,
        address=address,
        asked=asked,
        words=_words(by, wanted),
    )
    audit.record(ASKED, by, by=by, at=at, scope=wanted)
    return sent


def grant_by_code(
    phone: str, code: str, *, full_name: str, scope: Iterable[str], session_key: str, by: Any, at: datetime
) -> Mandate:
    """The code, read out by the worker, makes the mandate of the broker who typed it.

    It is good for the matters its message named, for no others, and for one mandate. A form that was refused needs
    no second code. Call it outside of any transaction, as `codes.check`.
    """
    require(is_broker(by), _("只能委托劳务经纪人。"))
    wanted = _wanted(scope)
    purpose = _purpose(wanted)
    if not codes.confirmed(phone, purpose, session_key=session_key, at=at):
        codes.check(phone, code, purpose, session_key=session_key, at=at)
    with transaction.atomic():
        is_first = codes.spend(phone, purpose, session_key=session_key, at=at)
        refuse_unless(is_first, _("刚刚已经办好了委托，请刷新看看。"))
        return make_mandate(_holder(phone, full_name), by, scope=wanted, evidence=Evidence.SMS_CODE, by=by, at=at)


def _wanted(scope: Iterable[str]) -> list[str]:
    asked = set(scope)
    wanted = [item for item in MandateScope.values if item in asked]
    refuse_unless(bool(wanted), _("请至少选一件委托的事。"), field="scope")
    return wanted


def _purpose(wanted: list[str]) -> str:
    """Holds the matters, so that a code for one matter never opens another."""
    return _PURPOSE + ",".join(wanted)


def _words(broker: Any, wanted: list[str]) -> Callable[[str], str]:
    matters = "、".join(str(_IN_SHORT[MandateScope(item)]) for item in wanted)

    def words(code: str) -> str:
        return _("验证码 {code}。念给劳务经纪人{name}，就是委托他{matters}，一年有效。不同意就别念。").format(
            code=code, name=broker.display_name[:_LONGEST_NAME], matters=matters
        )

    return words


def _refuse_beyond_brokers_limit(broker: Any, at: datetime) -> None:
    most = parameters.get(BROKERS_LIMIT, on=local_day(at)).number
    sent = audit.timeline(broker).filter(verb=ASKED, at__gt=at - DAY).count()
    refuse_unless(sent < most, _("24 小时内最多请求委托 {n} 次，请明天再试。").format(n=most))


def _refuse_beyond_phones_limit(number: str, at: datetime) -> None:
    most = parameters.get(PHONES_LIMIT, on=local_day(at)).number
    sent = codes.sent_since(number, _PURPOSE, at - DAY)
    refuse_unless(
        sent < most, _("这个号码今天收到的委托请求太多了，请明天再试，或一起到区县人社窗口办理。"), field="phone"
    )


def _holder(phone: str, name: str) -> Worker:
    """The one person with this phone and name; a recycled number does not lead to its former holder.

    The number of a merged row finds people for officials, but opens nothing: somebody else may hold it by now. Nor does
    one that a broker wrote down, who may hold it.
    """
    shown = Worker.objects.filter(mobile_index=phones.index(phone))[:5]
    found = [row for row in shown if row.full_name == name.strip() and not is_phone_brokers(row)]
    if len(found) != 1:
        raise Refusal(_("没有找到用这个手机号登记的这位农民工。请他先用自己的手机登录登记，或一起到区县人社窗口办理。"))
    return found[0]
