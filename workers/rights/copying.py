"""A person's data in one piece: every registered table, every column, codes with their labels.

Columns are read from the models, so a new one is in the copy without anybody remembering it. Ciphertexts are shown as
stars until the person has proved the phone again; indexes, search columns and the ids that bind ciphertexts say nothing
to a person and are left out.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import require
from core.fields import STARS, Sealed, SealedTextField
from core.models import Division
from core.templatetags.ui import fen

from ..enums import Source
from ..indicators import INDICATORS
from ..models import Provenance, Statement, Worker
from ..precedence import day_of
from ..presentation import division_name, text_in_words
from ..services.standing import group_of
from . import registry
from .registry import Exporter, Person

FORMAT = "yugongtong.my-data/1"
EXPORTED = "workers.exported"
# Places and sums of money are plain columns; by these endings they are known in every table.
_PLACES = ("division", "district")
_TECHNICAL = (models.BinaryField, models.UUIDField)
_BY_NUMBER = {row.number: row for row in INDICATORS}


def person_of(user: Any) -> Person:
    """The account, its row of the registry, and the rows that were merged into it."""
    worker = Worker.objects.filter(user=user).first()
    return Person(user, worker, tuple(group_of(worker)) if worker else ())


@dataclass(frozen=True)
class Glance:
    """One table on the page: its name, how many rows of the person it has, and the newest of them."""

    label: str
    number: int
    rows: list[dict[str, Any]]


@transaction.atomic
def copy_for(user: Any, *, by: Any, at: datetime, opened: bool) -> dict[str, Any]:
    """The whole copy; making one is on record. `opened` shows sealed values: the caller has checked a fresh code."""
    require(by == user, _("只有本人可以下载自己的信息。"))
    person = person_of(user)
    audit.record(EXPORTED, person.worker or user, by=by, at=at, opened=opened)
    return compose(person, at=at, opened=opened)


def compose(person: Person, *, at: datetime, opened: bool) -> dict[str, Any]:
    """Without a record: whoever calls it has asked who reads it."""
    tables = {
        one.key: {
            "label": str(one.model._meta.verbose_name),
            "rows": [_row(row, one.omit, person, opened) for row in _read(one, person)],
        }
        for one in registry.exporters()
    }
    return {"format": FORMAT, "made_at": at.isoformat(), "sealed_values_opened": opened, "tables": tables}


def glance(person: Person, *, opened: bool, most: int) -> list[Glance]:
    """What a page shows: of every table that holds the person the newest rows, at most so many, in their order."""
    found = []
    for one in registry.exporters():
        rows = list(_read(one, person).reverse()[:most])[::-1]
        if rows:
            number = len(rows) if len(rows) < most else one.rows(person).count()
            shown = [_row(row, one.omit, person, opened) for row in rows]
            found.append(Glance(str(one.model._meta.verbose_name), number, shown))
    return found


def _read(one: Exporter, person: Person) -> models.QuerySet:
    """The rows with the accounts and places that they name, fetched once per table and not once per row."""
    named = [
        field.name
        for field in one.model._meta.concrete_fields
        if field.is_relation and field.name not in one.omit and field.related_model in (User, Division)
    ]
    return one.rows(person).prefetch_related(*named)


def _row(row: models.Model, omit: frozenset[str], person: Person, opened: bool) -> dict[str, Any]:
    return {
        field.name: {"label": str(field.verbose_name), "value": _value(row, field, person, opened)}
        for field in row._meta.concrete_fields
        if field.name not in omit and not _is_technical(field)
    }


def _is_technical(field: models.Field) -> bool:
    """Indexes, ids that bind ciphertexts and search columns; a sealed column is a person's own value."""
    if isinstance(field, SealedTextField):
        return False
    return isinstance(field, _TECHNICAL) or field.get_internal_type() in ("SearchVectorField", "SearchVectorColumn")


def _value(row: models.Model, field: models.Field, person: Person, opened: bool) -> Any:
    if isinstance(row, Statement | Provenance) and field.name in _SPOKEN:
        return _SPOKEN[field.name](row)
    raw = getattr(row, field.attname)
    if field.is_relation:
        return _related(field, raw, row, person)
    if isinstance(raw, Sealed):
        return raw.open() if opened else STARS
    if isinstance(field, ArrayField):
        return _items(field, raw)
    if field.choices:
        return {"code": raw, "label": str(dict(field.flatchoices).get(raw, raw))} if raw not in (None, "") else None
    if raw and isinstance(raw, str) and field.name.endswith(_PLACES):
        return {"code": raw, "label": division_name(raw)}
    if raw is not None and field.name.endswith("_fen"):
        return {"code": raw, "label": fen(raw)}
    return _plain(raw)


def _related(field: models.Field, raw: Any, row: models.Model, person: Person) -> Any:
    """A reference as a code with the name it goes by; of an account only whether it is one's own."""
    if raw is None:
        return None
    target = field.related_model
    if target is Worker:
        return {"code": raw, "label": _("本人") if raw in person.rows else _("另一人")}
    if target is User:
        return {"code": raw, "label": _("本人") if raw == person.user.pk else getattr(row, field.name).audit_name}
    label = str(getattr(row, field.name)) if issubclass(target, Division) else None
    return {"code": raw, "label": label or str(target._meta.verbose_name)}


def _items(field: ArrayField, raw: Any) -> Any:
    labels = dict(field.base_field.flatchoices or ())
    if raw is None or not labels:
        return raw if raw is None else [_plain(item) for item in raw]
    return [{"code": item, "label": str(labels.get(item, item))} for item in raw]


def _plain(raw: Any) -> Any:
    if isinstance(raw, datetime | date):
        return raw.isoformat()
    return str(raw) if isinstance(raw, Decimal) else raw


def _numbers(row: Statement) -> list[dict]:
    numbers = row.numbers or row.act.numbers
    return [{"code": _BY_NUMBER[number].code, "label": str(_BY_NUMBER[number].label)} for number in numbers]


def _texts(row: Statement) -> list[dict | None]:
    """Each value as it is kept and in words; nothing where it was not stated or is kept elsewhere."""
    numbers = row.numbers or row.act.numbers
    return [
        None if said is None else {"code": said, "label": text_in_words(_BY_NUMBER[number], said)}
        for number, said in zip(numbers, row.texts, strict=True)
    ]


def _sources(row: Statement | Provenance) -> list[dict] | None:
    said = row.sources
    return said and [{"code": one, "label": str(Source(one).label)} if one else None for one in said]


# Arrays that are only numbers to a reader: indicators, sources and days since 2000.
_SPOKEN = {
    "numbers": _numbers,
    "texts": _texts,
    "sources": _sources,
    "days": lambda row: row.days and [day_of(day).isoformat() for day in row.days],
    "observed": lambda row: [
        day_of(day).isoformat() if source else None for day, source in zip(row.observed, row.sources, strict=True)
    ],
}
