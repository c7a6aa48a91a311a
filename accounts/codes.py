"""Six-digit codes by SMS, for signing in and for every other matter that must know who holds a phone.

A code is bound to one phone, one purpose and one browser session; it dies after five minutes, five tries or
one use, and a newer one replaces it. Limits are counted over the stored rows, after the number was normalised and
behind advisory locks, the phone's and then the address's. With ten codes a day and five tries each, guessing one
phone's code succeeds with a probability of at most 50 in 1,000,000 per day. Nothing here asks whether the number has
an account, so the answer is the same for known and unknown numbers.
"""

import hmac
import math
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core import rows
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

_SENT_BEFORE = """
    SELECT ARRAY(SELECT sent_at FROM accounts_phonecode WHERE phone_index = %s AND sent_at > %s ORDER BY sent_at DESC),
           (SELECT count(*) FROM (
               SELECT FROM accounts_phonecode WHERE address_index = %s AND sent_at > %s LIMIT %s) asked)
"""
_NEWEST = """
    SELECT id, uuid, digest FROM accounts_phonecode
    WHERE phone_index = %s AND purpose = %s AND session_index = %s ORDER BY sent_at DESC, id DESC LIMIT 1
"""
_USE_UP = """
    UPDATE accounts_phonecode SET tries = tries + 1, confirmed_at = %s
    WHERE id = %s AND tries < %s AND confirmed_at IS NULL AND expires_at > %s
"""


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
    # Whoever has answered the question is not counted by address, so waits for nobody there.
    queue_for(index, *([address_index] if address_index and not asked else []))
    times, from_address = _sent_before(index, address_index, at)
    wait = _wait(times, at)
    if wait:
        raise TooManyCodes(_in_words(wait), wait=wait)
    if not asked and from_address >= CODES_PER_ADDRESS[0]:
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
    rows.add(row)
    sms.queue(number, words(code), event=EVENT, ref=str(row.uuid), at=at, worthless_at=row.expires_at)
    return Sent(row.uuid, row.expires_at, at + RESEND_AFTER)


def check(phone: str, typed: str, purpose: str, *, session_key: str, at: datetime) -> None:
    """Use up one try, and the code itself when it is right. Raises `WrongCode`.

    Call it outside of any transaction: a try that is rolled back together with a refused form would not count.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [phones.index(phone), purpose, _session_index(session_key)])
        newest = cursor.fetchone()
    if newest is None:
        raise WrongCode(_("验证码不对，请看最新一条短信。"), field="code")
    pk, uuid, digest = newest
    is_right = hmac.compare_digest(bytes(digest), _digest(uuid, digits(typed)))
    # Nobody learns whether it was right before the try is used up.
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_USE_UP, [at if is_right else None, pk, CODE_TRIES, at])
        had_tries = bool(cursor.rowcount)
    if not had_tries:
        raise WrongCode(_("验证码已失效，请重新获取。"), field="code")
    if not is_right:
        raise WrongCode(_("验证码不对，请看最新一条短信。"), field="code")


def confirmed(phone: str, purpose: str, *, session_key: str, at: datetime) -> bool:
    """True for ten minutes after this session proved this phone for this purpose.

    A form that was refused, or posted twice, asks this first and needs no second code.
    """
    return _live(phone, purpose, session_key).filter(confirmed_at__gt=at - CONFIRMED_LIVES).exists()


def spend(phone: str, purpose: str, *, session_key: str, at: datetime) -> bool:
    """What a confirmed code allowed is done, so it speaks for nothing more; False where it had been spent before.

    For a matter that must not be done twice for one code. Call it in the transaction of what is done.
    """
    confirmed_ones = _live(phone, purpose, session_key).filter(confirmed_at__gt=at - CONFIRMED_LIVES)
    return bool(confirmed_ones.update(confirmed_at=None, tries=CODE_TRIES))


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


def _sent_before(index: bytes, address_index: bytes | None, at: datetime) -> tuple[list[datetime], int]:
    """When this phone's messages were sent, newest first, and how many this address asked for, as far as limits go."""
    most, span = CODES_PER_ADDRESS
    longest = max(span for _many, span in CODES_PER_PHONE)
    with connection.cursor() as cursor:
        cursor.execute(_SENT_BEFORE, [index, at - longest, address_index, at - span, most])
        return cursor.fetchone()


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


def _session_index(session_key: str) -> bytes:
    if not session_key:
        raise ValueError("a code needs a session to be bound to")
    return blind_index("session", session_key)


def _digest(row: UUID, code: str) -> bytes:
    return salted_hmac("accounts.codes", f"{row.hex}:{code}", algorithm="sha256").digest()
