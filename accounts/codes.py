"""Six-digit codes by SMS, for signing in and for every other matter that must know who holds a phone.

A code is bound to one phone, one purpose and one browser session; it dies after five minutes, five tries or
one use, and a newer one replaces it. Limits are counted over the stored rows, after the number was normalised
and behind an advisory lock. With ten codes a day and five tries each, guessing one phone's code succeeds with
a probability of at most 50 in 1,000,000 per day. Nothing here asks whether the number has an account, so the
answer is the same for known and unknown numbers.
"""

import hmac
import math
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core.crypto import blind_index, normalise
from core.errors import Refusal

from . import address as network
from . import phones, sms
from .enums import (
    CODE_DIGITS,
    CODE_LIVES,
    CODE_TRIES,
    CODES_PER_ADDRESS,
    CODES_PER_PHONE,
    CONFIRMED_LIVES,
    RESEND_AFTER,
)
from .locks import queue_for
from .models import PhoneCode

EVENT = "code"


class TooManyCodes(Refusal):
    """The phone has had its share of messages; `wait` says for how long."""

    def __init__(self, message: str, *, wait: timedelta) -> None:
        super().__init__(message, field="phone")
        self.wait = wait


class QuestionFirst(Refusal):
    """Many codes were asked from this address: ask `accounts.question` first, then call again with `asked=True`."""


class WrongCode(Refusal):
    """The code is wrong, too old, used, of another phone, purpose or session, or was tried too often."""


@dataclass(frozen=True)
class Sent:
    """A code is on its way. `uuid` names it without saying anything about it."""

    uuid: UUID
    expires_at: datetime
    resend_at: datetime


def usual_words(code: str) -> str:
    """The usual message: a code that its reader types."""
    return _("验证码 {code}，5 分钟内有效。工作人员不会向你索要验证码。").format(code=code)


@transaction.atomic
def send(
    phone: str,
    purpose: str,
    *,
    session_key: str,
    at: datetime,
    address: str = "",
    asked: bool = False,
    words: Callable[[str], str] = usual_words,
) -> Sent:
    """Send a code to `phone` for `purpose` ("wages.complain"). Raises `TooManyCodes`, `QuestionFirst` or `Refusal`.

    `address` is the client's network address, `asked` whether this session has answered the question, `words`
    makes the message of the code, for a matter where somebody else is to hear it.
    """
    number = phones.clean(phone)
    index, address_index = phones.index(number), network.index(address)
    queue_for(index)
    _refuse_beyond_limits(index, at)
    if address_index and not asked and _busy(address_index, at):
        raise QuestionFirst(_("这里刚刚发送了很多验证码，请先回答一个小问题。"))
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    row = PhoneCode(
        phone_index=index,
        session_index=_session_index(session_key),
        address_index=address_index,
        purpose=purpose,
        sent_at=at,
        expires_at=at + CODE_LIVES,
    )
    row.digest = _digest(row.uuid, code)
    row.save(force_insert=True)
    sms.queue(number, words(code), event=EVENT, ref=str(row.uuid), at=at, worthless_at=row.expires_at)
    return Sent(row.uuid, row.expires_at, at + RESEND_AFTER)


def check(phone: str, typed: str, purpose: str, *, session_key: str, at: datetime) -> None:
    """Use up one try, and the code itself when it is right. Raises `WrongCode`.

    Call it outside of any transaction: a try that is rolled back together with a refused form would not count.
    """
    row = _live(phone, purpose, session_key).order_by("-sent_at", "-id").first()
    if row is None:
        raise WrongCode(_("验证码不对，请看最新一条短信。"), field="code")
    with transaction.atomic(durable=True):
        left = PhoneCode.objects.filter(pk=row.pk, tries__lt=CODE_TRIES, confirmed_at__isnull=True, expires_at__gt=at)
        if not left.update(tries=F("tries") + 1):
            raise WrongCode(_("验证码已失效，请重新获取。"), field="code")
    if not hmac.compare_digest(bytes(row.digest), _digest(row.uuid, digits(typed))):
        raise WrongCode(_("验证码不对，请看最新一条短信。"), field="code")
    if not PhoneCode.objects.filter(pk=row.pk, confirmed_at__isnull=True).update(confirmed_at=at):
        raise WrongCode(_("验证码已失效，请重新获取。"), field="code")


def confirmed(phone: str, purpose: str, *, session_key: str, at: datetime) -> bool:
    """True for ten minutes after this session proved this phone for this purpose.

    A form that was refused, or posted twice, asks this first and needs no second code.
    """
    return _live(phone, purpose, session_key).filter(confirmed_at__gt=at - CONFIRMED_LIVES).exists()


def sent_since(phone: str, purposes: str, moment: datetime) -> int:
    """How many codes this phone got after `moment` for purposes that begin with `purposes`."""
    sent = PhoneCode.objects.filter(phone_index=phones.index(phone), sent_at__gt=moment)
    return sent.filter(purpose__startswith=purposes).count()


def digits(typed: str) -> str:
    """The digits of a typed code; spaces, dashes and full-width digits are forgiven."""
    return normalise("code", typed[: phones.LONGEST_TYPED])


def forget(*, before: datetime) -> int:
    """Delete codes that no limit counts any more."""
    return PhoneCode.objects.filter(sent_at__lt=before).delete()[0]


def _live(phone: str, purpose: str, session_key: str):
    return PhoneCode.objects.filter(
        phone_index=phones.index(phone), purpose=purpose, session_index=_session_index(session_key)
    )


def _refuse_beyond_limits(index: bytes, at: datetime) -> None:
    longest = max(span for _many, span in CODES_PER_PHONE)
    times = PhoneCode.objects.filter(phone_index=index, sent_at__gt=at - longest).values_list("sent_at", flat=True)
    wait = _wait(sorted(times, reverse=True), at)
    if wait:
        raise TooManyCodes(_in_words(wait), wait=wait)


def _wait(times: list[datetime], at: datetime) -> timedelta:
    """How long until one more message is within every limit; `times` are the past ones, newest first."""

    def waits() -> Iterable[timedelta]:
        for many, span in CODES_PER_PHONE:
            if len(times) >= many:
                yield times[many - 1] + span - at

    return max([*waits(), timedelta()])


def _in_words(wait: timedelta) -> str:
    seconds = math.ceil(wait.total_seconds())
    if wait <= RESEND_AFTER:
        return _("验证码刚刚发出，请 {n} 秒后再试。").format(n=seconds)
    if wait <= timedelta(hours=1):
        return _("这个号码收到的验证码太多了，请 {n} 分钟后再试。").format(n=math.ceil(seconds / 60))
    return _("这个号码今天收到的验证码太多了，请明天再试，或拨打服务热线。")


def _busy(address_index: bytes, at: datetime) -> bool:
    many, span = CODES_PER_ADDRESS
    return PhoneCode.objects.filter(address_index=address_index, sent_at__gt=at - span).count() >= many


def _session_index(session_key: str) -> bytes:
    if not session_key:
        raise ValueError("a code needs a session to be bound to")
    return blind_index("session", session_key)


def _digest(row: UUID, code: str) -> bytes:
    return salted_hmac("accounts.codes", f"{row.hex}:{code}", algorithm="sha256").digest()
