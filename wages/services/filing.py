"""From draft to case: the number, the office's clock, and the evidence, in one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import phones
from accounts.models import User
from accounts.policies import is_worker
from core import audit, outbox
from core.calendar import local_day
from core.errors import refuse_unless
from core.fields import SealedTextField
from employers.models import Employer
from workers.models import Worker

from ..enums import EvidenceKind, Kind, ProofOfWord
from ..marks import case_number
from ..models import Case, Draft, Evidence
from ..models.claim import CLAIM_FIELDS
from ..terms import ClockKind
from . import _clocks, _people, _timers, intakes, routes, totals
from . import receipts as stubs
from ._letters import next_serial

_SEALED = {field.name for field in Draft._meta.local_fields if isinstance(field, SealedTextField)}


@transaction.atomic
def file(
    draft: Draft, *, phone: str, by: Any, at: datetime, proof: ProofOfWord = ProofOfWord.CODE, mandate: Any = None
) -> Case:
    """Submit a draft whose phone was proven. The draft is gone afterwards, so nothing can be filed twice.

    `proof` is how the complainant stands behind what somebody else typed: a number on a signed record is not proven.
    """
    draft = Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    refuse_unless(draft is not None, _("这份投诉已经提交过了。"))
    refuse_unless(draft.pledged_at is not None, _("请先核对内容，并承诺属实。"))
    refuse_unless(bool(draft.field_type and draft.division), _("请先回答是在哪里干活。"))
    number = phones.clean(phone) if phone else ""  # an official's report of what the watch found has none
    person = _person(draft, by, number, proof) if number else None
    day = local_day(at)
    clock, claim = _clocks.to_accept(day), _contents(draft)
    case = Case(
        number=case_number(day.year, next_serial("wages_case_serial")),
        wage_code=draft.wage_code,
        employer=_employer(draft),
        project=draft.wage_code.project if draft.wage_code else None,
        user=person,
        worker=draft.client or _worker(person, draft),
        submitted_at=at,
        **claim,
        **clock.columns,
    )
    if number:
        case.phone, case.phone_index = number, phones.index(number)
    case.save(force_insert=True)
    _people.create(case, draft, at=at)
    if draft.confidential or case.kind == Kind.REPORT:
        case.own_claimants.update(confidential=True)
    case = totals.reckon(case)
    files = _move_files(draft, case, at)
    if draft.channel:
        intakes.write(case, draft, proof=proof, mandate=mandate, by=by, at=at)
    stubs.sign(case, {**_said(draft, claim), "phone": number}, files=files, at=at)
    draft.delete()
    _timers.start(case, ClockKind.CONTACT, day)
    audit.record("submit", case, by=by, at=at, rule=clock.rule, code=case.wage_code_id)
    case = routes.send(case, at=at)
    outbox.put("wages.filed", case, at=at)
    return case


def _contents(draft: Draft) -> dict:
    """The claim; sealed values are opened here and sealed again for their new row."""
    values = {}
    for name in CLAIM_FIELDS:
        value = getattr(draft, name)
        values[name] = value.open() if name in _SEALED and value is not None else value
    if draft.kind == Kind.REPORT:
        values["name"] = values["address"] = None
    return values


def _said(draft: Draft, claim: dict) -> dict:
    """What the receipt's signature stands for: the claim as it was submitted, with its ledger and its roster."""
    roster = [
        [row.name.open(), row.id_number.open(), [str(month) for month in row.months], row.amount_fen]
        for row in draft.people.order_by("pk")
    ]
    said = {name: value for name, value in claim.items() if name != "phone_index"}
    return {**said, "ledger": draft.owed_lines, "people": roster}


def _person(draft: Draft, by: Any, number: str, proof: ProofOfWord) -> User | None:
    """Whose account it is: a broker's client's, nobody's where the number was only said, else as `_account` has it."""
    if draft.client:
        return draft.client.user if draft.kind == Kind.COMPLAINT else None
    return _account(by, number) if proof == ProofOfWord.CODE else None


def _account(by: Any, number: str) -> User | None:
    """Whose case it is: the signed-in worker, or the worker whose verified number was just proven.

    Nobody's while the account is held: who has its number now may be somebody else.
    """
    if is_worker(by) and by.held_since is None:
        return by
    holder = User.objects.filter(phone_index=phones.index(number), is_active=True).first()
    return holder if is_worker(holder) and holder.held_since is None else None


def _worker(person: User | None, draft: Draft) -> Worker | None:
    if person is None or draft.kind == Kind.REPORT:
        return None
    return Worker.objects.filter(user=person).first()


def _employer(draft: Draft) -> Employer | None:
    """The code's employer, else the one registered under exactly this name."""
    if draft.wage_code:
        return draft.wage_code.employer
    found = list(Employer.objects.filter(name=draft.employer_name)[:2]) if draft.employer_name else []
    return found[0] if len(found) == 1 else None


def _move_files(draft: Draft, case: Case, at: datetime) -> list[bytes]:
    """The draft's files become the case's; their digests go under the receipt's signature."""
    digests = []
    for row in list(draft.files.select_related("stored").order_by("pk")):
        stored = row.stored
        row.delete()
        kind = EvidenceKind.PHOTO if stored.content_type.startswith("image/") else EvidenceKind.PAPER
        Evidence.objects.create(case=case, stored=stored, kind=kind, added_at=at)
        digests.append(bytes(stored.sha256))
    return digests
