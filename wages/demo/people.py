"""The people of the synthetic cases: a roster for every group, with what was found and paid so far."""

from random import Random
from uuid import uuid4

from accounts import phones
from core.crypto import blind_index, id_check_character, seal

from ..enums import CaseState, ClaimantState
from ..models import Case, Claimant
from . import payments

_SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许邓冯韩曹冉谭向田"
_GIVEN = "建国 志强 晓东 明辉 永红 德华 国平 立军 雪梅 桂芳 春燕 文斌 大勇 小兵 光明 素华"
_PAID_STATES = (CaseState.PAID, CaseState.SETTLED)


def write(cases: list[Case], rng: Random) -> None:
    """One row for a single complaint, one per person for a group; sums add up to what the case claims."""
    people = [person for case in cases for person in _people(case, rng)]
    Claimant.objects.bulk_create(people)
    sums: dict[int, list[Claimant]] = {}
    for person in people:
        sums.setdefault(person.case_id, []).append(person)
    for case in cases:
        _reckon(case, sums[case.pk])
    columns = ["people_now", "claimed_now_fen", "verified_now_fen", "paid_now_fen", "owed_now_fen"]
    Case.objects.bulk_update(cases, columns)
    payments.write(cases, people)


def _people(case: Case, rng: Random) -> list[Claimant]:
    share, rest = divmod(case.amount_fen, case.headcount)
    return [_person(case, n, share + (rest if n == 0 else 0), rng) for n in range(case.headcount)]


def _person(case: Case, n: int, fen: int, rng: Random) -> Claimant:
    row = Claimant(
        uuid=uuid4(),
        case=case,
        origin=case,
        place=n + 1,
        representative=case.headcount > 1 and n < 3,
        months=case.owed_months,
        claimed_fen=fen,
        filed_at=case.submitted_at,
    )
    number = _number(rng)
    row.id_index = blind_index("id_number", number)
    plain = {"name": case.name.open() if n == 0 else rng.choice(_SURNAMES) + rng.choice(_GIVEN.split())}
    plain |= {"id_number": number, "phone": case.phone.open() if n == 0 else f"154{rng.randrange(30_000_000, 10**8)}"}
    row.phone_index = phones.index(plain["phone"])
    for name, value in plain.items():
        setattr(row, name, seal(Claimant._meta.get_field(name).label, row.uuid, value))
    _follow(row, case)
    return row


def _number(rng: Random) -> str:
    """An ID number that could exist; its division (500000) was never given to anybody."""
    born = f"{rng.randint(1964, 2003)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    body = f"500000{born}{rng.randint(1, 999):03}"
    return body + id_check_character(body)


def _follow(row: Claimant, case: Case) -> None:
    if case.state in _PAID_STATES:
        row.state, row.verified_fen, row.paid_fen = ClaimantState.PAID, row.claimed_fen, row.claimed_fen
    elif case.state == CaseState.ORDERED:
        row.state, row.verified_fen = ClaimantState.VERIFIED, row.claimed_fen
    elif case.state in (CaseState.WITHDRAWN, CaseState.UNFOUNDED):
        ended = {CaseState.WITHDRAWN: ClaimantState.WITHDRAWN, CaseState.UNFOUNDED: ClaimantState.UNFOUNDED}
        row.state, row.ended_at = ended[case.state], case.closed_at


def _reckon(case: Case, people: list[Claimant]) -> None:
    live = [row for row in people if row.ended_at is None]
    verified = [row.verified_fen for row in live if row.verified_fen is not None]
    case.people_now = len(live)
    case.claimed_now_fen = sum(row.claimed_fen for row in live)
    case.verified_now_fen = sum(verified) if verified else None
    case.paid_now_fen = sum(row.paid_fen for row in live)
    case.owed_now_fen = sum(max((row.verified_fen or row.claimed_fen) - row.paid_fen, 0) for row in live)
