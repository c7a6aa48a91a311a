"""When somebody has their wages: what payments make of a claim, and from when silence counts. No row is read here."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum

from django.utils.translation import gettext as _

from core.errors import Refusal

from .enums import COUNTED, ClaimantState, PaymentState

MOST_LINES = 2_000
MOST_YUAN = 100_000_000
_RANGE = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?", re.ASCII)


@dataclass(frozen=True)
class Known:
    """One payment as it stands; they are judged in the order in which they were recorded."""

    fen: int
    state: str


def paid(payments: Iterable[Known]) -> int:
    """What counts as paid: everything that the person has not denied and nobody has taken back."""
    return sum(one.fen for one in payments if one.state in COUNTED)


def settled(payments: Iterable[Known]) -> int:
    """What the person said came, or what silence says for them."""
    return sum(one.fen for one in payments if one.state in (PaymentState.CONFIRMED, PaymentState.PRESUMED))


def standing(verified_fen: int | None, claimed_fen: int, payments: Iterable[Known]) -> ClaimantState:
    """Where a live claim stands. Whoever denied the newest payment has not received it, whatever came before."""
    rows = [one for one in payments if one.state != PaymentState.TAKEN_BACK]
    due = claimed_fen if verified_fen is None else verified_fen
    sum_ = paid(rows)
    if sum_ and sum_ >= due:
        return ClaimantState.PAID
    if rows and rows[-1].state == PaymentState.CONTESTED:
        return ClaimantState.NOT_RECEIVED
    if sum_:
        return ClaimantState.PARTLY_PAID
    return ClaimantState.CLAIMED if verified_fen is None else ClaimantState.VERIFIED


def presumed_from(sent_on: date, days: int) -> date:
    """The first day on which silence counts: the day of the question is not counted, and the last day is theirs."""
    return sent_on + timedelta(days=days + 1)


def may_still_say_no(ended_on: date | None, day: date, days: int) -> bool:
    """While the case is open always; afterwards for so many days."""
    return ended_on is None or day <= ended_on + timedelta(days=days)


class Arrears(Enum):
    """What the registry says of a person's wages."""

    UNDER_WAY = "under way"
    OWED = "owed"
    PAID = "paid"
    NONE = "none"


@dataclass(frozen=True)
class Claim:
    """One claim of a person whose case was filed: how it ended (None: it goes on), and what of it never came."""

    ended_at: datetime | None
    elsewhere: bool
    unfounded: bool
    missing_fen: int
    has_own_sum: bool = True


@dataclass(frozen=True)
class Found:
    """The status, and the sum where there is one to say."""

    status: Arrears
    fen: int | None


def arrears(claims: list[Claim]) -> Found:
    """One person's arrears, from all their claims, the newest first.

    | what there is                                              | status     | sum                       |
    |------------------------------------------------------------|------------|---------------------------|
    | a claim that goes on and is not settled                    | under way  | what is missing of those  |
    | none; the newest end left something missing                | owed       | what is missing of it     |
    | none; the newest is settled or unfounded, one is elsewhere | owed       | what is missing of that   |
    | the newest is settled                                      | paid       | 0                         |
    | the newest is unfounded                                    | none       | 0                         |

    Taking a complaint back ends the claim, not the debt. What silence confirmed counts as settled.
    """
    going_on = [one for one in claims if one.ended_at is None and one.missing_fen]
    if going_on:
        return _found(Arrears.UNDER_WAY, going_on)
    # One that goes on and is settled is newer than any end.
    newest = max(claims, key=lambda one: (one.ended_at is None, one.ended_at.timestamp() if one.ended_at else 0))
    if newest.missing_fen and not newest.unfounded:
        return _found(Arrears.OWED, [newest])
    if elsewhere := [one for one in claims if one.elsewhere and one.missing_fen]:
        return _found(Arrears.OWED, elsewhere[:1])
    return Found(Arrears.NONE if newest.unfounded else Arrears.PAID, 0)


def _found(status: Arrears, claims: list[Claim]) -> Found:
    own = all(one.has_own_sum for one in claims)
    return Found(status, sum(one.missing_fen for one in claims) if own else None)


@dataclass(frozen=True)
class Line:
    """One person of a list by their number in the case, with a sum or (None) all that is still owed."""

    place: int
    fen: int | None = None


def read_places(text: str) -> list[Line]:
    """“1-40，45”: these people, in full. Raises `Refusal` at what cannot be read."""
    found: dict[int, Line] = {}
    for part in re.split(r"[,，、;；\s]+", unicodedata.normalize("NFKC", text).strip()):
        if not part:
            continue
        match = _RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not match or last < first or last - first >= MOST_LINES:
            raise Refusal(_("看不懂“{part}”，请写序号，例如 1-40，45。").format(part=part[:20]), field="places")
        found |= {place: Line(place) for place in range(first, last + 1)}
    return list(found.values())


def read_lines(text: str) -> list[Line]:
    """“12 张三 3500.00” a line: the number, anything between, the sum in 元. Raises `Refusal` naming every bad line."""
    lines, wrong, seen = [], [], set()
    rows = unicodedata.normalize("NFKC", text).splitlines()
    if len(rows) > MOST_LINES:
        raise Refusal(_("一次最多 {n} 行。").format(n=MOST_LINES), field="lines")
    for n, row in enumerate(rows, start=1):
        parts = [part for part in re.split(r"[\s;]+|(?<!\d),|,(?!\d{3}(?!\d))", row.strip()) if part]
        if not parts or (n == 1 and not parts[0].isdecimal()):
            continue  # empty, or the head of a table
        fen = _fen(parts[-1]) if len(parts) > 1 else None
        place = int(parts[0]) if re.fullmatch(r"[0-9]{1,6}", parts[0], re.ASCII) else 0
        if fen is None or not place or place in seen:
            wrong.append(n)
        else:
            seen.add(place)
            lines.append(Line(place, fen))
    if wrong:
        words = "、".join(map(str, wrong[:10]))
        raise Refusal(
            _("第 {n} 行看不懂或序号重复，整份都没有登记。每行写：序号、金额（元）。").format(n=words), field="lines"
        )
    return lines


def _fen(text: str) -> int | None:
    try:
        yuan = Decimal(text.replace(",", "").removeprefix("¥").removesuffix("元"))
    except InvalidOperation:
        return None
    if not yuan.is_finite() or not 0 < yuan <= MOST_YUAN or yuan * 100 != int(yuan * 100):
        return None
    return int(yuan * 100)
