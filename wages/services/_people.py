"""From a draft to the people of its case: one row for a single complaint, one per line of a group's roster."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from accounts import phones
from core.crypto import blind_index, seal_many
from workers.models import Worker

from ..enums import Kind
from ..forms.fields import month_of
from ..models import Case, Claimant, Draft, OwedMonth


def create(case: Case, draft: Draft, *, at: datetime) -> list[Claimant]:
    """Add the people of a case that was just filed; registry rows are found by ID number in one query."""
    roster = list(draft.people.order_by("-representative", "pk"))
    return _roster(case, roster, at) if roster else [_filer(case, draft, at)]


def _filer(case: Case, draft: Draft, at: datetime) -> Claimant:
    """The one who files: alone, for a group without a roster, or an anonymous reporter."""
    person = Claimant(
        case=case,
        origin=case,
        place=1,
        worker=case.worker,
        user=case.user if case.kind == Kind.COMPLAINT else None,
        id_index=case.worker.id_number_index if case.worker else None,
        representative=case.headcount > 1,
        stands_for=case.headcount,
        months=case.owed_months,
        claimed_fen=case.amount_fen or 0,
        filed_at=at,
    )
    if case.kind == Kind.COMPLAINT:
        person.name = case.name.open() if case.name else None
        person.phone = case.phone.open() if case.phone else None
        person.phone_index = case.phone_index
    person.save(force_insert=True)
    write_lines(person, draft.owed_lines)
    return person


def _roster(case: Case, roster: list, at: datetime) -> list[Claimant]:
    """A hundred rows in three statements; names and numbers are sealed for their new rows a column at a time."""
    known = _registered(row.id_index for row in roster)
    uuids = [uuid4() for _row in roster]
    sealed = {name: _resealed(name, uuids, roster) for name in ("name", "id_number", "phone")}
    people = [
        Claimant(
            uuid=uuids[n],
            case=case,
            origin=case,
            place=n + 1,
            id_index=bytes(row.id_index),
            phone_index=row.phone_index,
            worker_id=known.get(bytes(row.id_index), (None, None))[0],
            user_id=known.get(bytes(row.id_index), (None, None))[1],
            representative=row.representative,
            months=row.months,
            claimed_fen=row.amount_fen,
            filed_at=at,
            **{name: column[n] for name, column in sealed.items()},
        )
        for n, row in enumerate(roster)
    ]
    return Claimant.objects.bulk_create(people)


def _resealed(name: str, uuids: list, roster: list) -> list[bytes | None]:
    label = Claimant._meta.get_field(name).label
    filled = [(uuid, getattr(row, name).open()) for uuid, row in zip(uuids, roster, strict=True) if getattr(row, name)]
    sealed = dict(
        zip(
            (uuid for uuid, _plain in filled),
            seal_many(label, (uuid for uuid, _plain in filled), (plain for _uuid, plain in filled)),
            strict=True,
        )
    )
    return [sealed.get(uuid) for uuid in uuids]


def _registered(indexes: Iterable[bytes]) -> dict[bytes, tuple[int, int | None]]:
    """ID index → the registry's row and its account."""
    found = Worker.objects.filter(id_number_index__in=[bytes(index) for index in indexes])
    return {bytes(index): (pk, user) for index, pk, user in found.values_list("id_number_index", "pk", "user_id")}


def write_lines(person: Claimant, lines: list[dict]) -> None:
    """The ledger's lines as they stand in the draft."""
    OwedMonth.objects.bulk_create(
        OwedMonth(
            claimant=person,
            month=month_of(line["month"]),
            basis=line["basis"],
            rate_fen=line["rate_fen"],
            quantity=Decimal(line["quantity"]),
            paid_fen=line["paid_fen"],
        )
        for line in lines
    )


def indexes_of(id_number: str, phone: str) -> tuple[bytes, bytes | None]:
    """Under which a person of a roster is found again."""
    return blind_index("id_number", id_number), phones.index(phone) if phone else None
