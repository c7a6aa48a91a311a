"""Stories as rows, written set-wise: cases, their trail and their letters."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random

from accounts import phones
from accounts.models import User
from core.audit import SYSTEM, subject_type
from core.calendar import local_day
from core.models import AuditEntry

from .. import letters
from ..enums import CLOSED, CaseState, Contract, DocumentKind, FieldType, RefusalGround, Request, TransferTarget
from ..forms.fields import months_back
from ..marks import case_number
from ..models import Case, Document
from ..services import _clocks
from ..services._letters import next_serial
from . import people
from .story import Story

_SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许邓冯韩曹冉谭向田"
_GIVEN = "建国 志强 晓东 明辉 永红 德华 国平 立军 雪梅 桂芳 春燕 文斌 大勇 小兵 光明 素华"
_TRADES = ["钢筋工", "木工", "架子工", "电工", "泥水工", "焊工", "普工", "油漆工", "服务员", "缝纫工", "保洁员"]
_WRITTEN = {
    "accept": DocumentKind.ACCEPTED,
    "request_supplement": DocumentKind.SUPPLEMENT,
    "refuse": DocumentKind.NOT_ACCEPTED,
    "transfer": DocumentKind.TRANSFER,
    "order": DocumentKind.ORDER,
    "settle": DocumentKind.SETTLED,
    "refer_arbitration": DocumentKind.ARBITRATION,
    "close_unfounded": DocumentKind.UNFOUNDED,
    "close_project_dispute": DocumentKind.PROJECT_DISPUTE,
    "revoke": DocumentKind.REVOKED,
}
_BY_COMPLAINANT = {"submit", "withdraw", "payment_confirmed"}


def write(stories: Iterable[Story], rng: Random, at: datetime) -> None:
    stories = list(stories)
    officials, seconds = _officials(), _officials("2")
    cases = [_case(rng, story, n, officials, seconds, at) for n, story in enumerate(stories)]
    Case.objects.bulk_create(cases)
    people.write(cases, rng)
    entries, papers = [], []
    for case, story in zip(cases, stories, strict=True):
        handler = officials(case.division)
        for verb, when in story.steps:
            entries.append(_entry(case, verb, when, handler))
            if verb in _WRITTEN:
                papers.append(_paper(case, verb, when, handler))
    AuditEntry.objects.bulk_create(sorted(entries, key=lambda entry: entry.at))
    Document.objects.bulk_create(papers)


def _officials(number: str = ""):
    """The district's official, or the city's where the demo has none; the second one of each with `number` 2."""
    names = [f"{name}{number}" for name in ("jiangjin", "fengjie", "city")]
    known = {user.username: user for user in User.objects.filter(username__in=names)}
    by_place = dict(zip(("500116", "500236"), names, strict=False))
    return lambda division: known.get(by_place.get(division[:6], names[2])) or known[names[2]]


def _case(rng: Random, story: Story, n: int, officials, seconds, at: datetime) -> Case:
    submitted = story.steps[0][1]
    day, code = local_day(submitted), story.code
    group = rng.random() < 0.12
    headcount = rng.randint(3, 38) if group else 1
    months = sorted(months_back(day.replace(day=1) - timedelta(days=1), 6)[: rng.randint(1, 3)])
    case = Case(
        number=case_number(day.year, next_serial("wages_case_serial")),
        state=story.state,
        wage_code=code,
        employer=code.employer,
        project=code.project,
        assignee=officials(code.division) if story.assigned else None,
        field_type=FieldType.CONSTRUCTION if code.project else FieldType.OTHER,
        employer_name=code.employer.name,
        employer_address=code.employer.address,
        employer_principal=code.employer.legal_representative,
        employer_principal_title=code.employer.principal_title,
        site_name=code.project.name if code.project else "",
        division=code.division,
        owed_months=months,
        amount_fen=headcount * len(months) * rng.randint(36, 78) * 100_00,
        work_from=months_back(months[0], 12)[rng.randint(0, 11)],
        work_to=None if rng.random() < 0.4 else months[-1],
        contract=rng.choice(list(Contract)),
        requests=[Request.WAGES],
        headcount=headcount,
        occupation=rng.choice(_TRADES),
        pledged_at=submitted,
        submitted_at=submitted,
        **_clocks.to_accept(day).columns,
    )
    case.name = rng.choice(_SURNAMES) + rng.choice(_GIVEN.split())
    number = f"154{20_000_000 + n:08d}"
    case.phone, case.phone_index = number, phones.index(number)
    _follow(case, story, officials(code.division), seconds(code.division))
    return case


def _follow(case: Case, story: Story, handler: User, second: User) -> None:
    """The columns that the steps of the story write."""
    case.supplement_asked_at = story.at("request_supplement")
    if accepted := story.at("accept"):
        case.accepted_at, case.accepted_by = accepted, handler
        for column, value in _clocks.to_close(local_day(accepted)).columns.items():
            setattr(case, column, value)
    if story.at("investigate"):
        case.assignee, case.second_inspector = handler, second
    if ordered := story.at("order"):
        case.pay_by = local_day(ordered) + timedelta(days=10)
    case.paid_at = story.at("record_paid")
    if case.state == CaseState.TRANSFERRED:
        case.transfer_target = str(TransferTarget.HOUSING.label)
    if case.state in CLOSED:
        case.closed_at = story.steps[-1][1]


def _reason(verb: str) -> str:
    if verb == "refuse":
        return str(RefusalGround.OTHER_ROUTE.label)
    return str(TransferTarget.HOUSING.label) if verb == "transfer" else ""


def _entry(case: Case, verb: str, when: datetime, handler: User) -> AuditEntry:
    own = verb in _BY_COMPLAINANT
    return AuditEntry(
        at=when,
        verb=verb,
        subject_type=subject_type(case),
        subject_id=str(case.pk),
        actor_id=None if own else handler.pk,
        actor=SYSTEM if own else handler.audit_name,
        reason=_reason(verb),
        data={},
        request_id="",
    )


def _paper(case: Case, verb: str, when: datetime, handler: User) -> Document:
    kind, ground = _WRITTEN[verb], _reason(verb)
    day: date = local_day(when)
    return Document(
        case=case,
        division=case.division,
        kind=kind,
        number=f"渝劳监〔{day.year}〕{next_serial('wages_document_serial')}号",
        ground=ground,
        text=letters.compose(kind, case, on=day, ground=ground, amount_fen=case.amount_fen),
        issued_at=when,
        issued_by=handler,
    )
