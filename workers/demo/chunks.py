"""One chunk of the population as what COPY reads: the wide rows, their provenance, wishes and consents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from django.db import models

from core.crypto import blind_indexes, seal_bytes
from core.divisions import CITY_PREFIX

from ..enums import VERSIONS
from ..models import Consent, JobIntent, Provenance, Worker, WorkerFacets
from ..services.intents import TO_BE_RECOMMENDED
from ..values import empty
from . import text
from .details import Columns
from .population import Generator
from .stating import provenance

WISHING, RECOMMENDABLE = 0.40, 0.85
NEW_IN_TWO_YEARS = 0.012
# What a load fills; what people are chosen by is written by the wide table's own trigger.
TABLES: tuple[type[models.Model], ...] = (Worker, WorkerFacets, Provenance, JobIntent, Consent)


@dataclass(frozen=True)
class Batch:
    """Rows of one table, ready for COPY."""

    table: str
    columns: tuple[str, ...]
    data: bytes
    binary: bool = False

    def into(self, table: str) -> str:
        """The COPY statement for this table or one of the same form."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        return f"COPY {table} ({names}) FROM STDIN{' (FORMAT binary)' if self.binary else ''}"

    @property
    def statement(self) -> str:
        return self.into(self.table)


@dataclass(frozen=True)
class Numbering:
    """The first of the registry's own numbers that are set aside for the population, and its moment of loading."""

    first_id: int
    first_no: int
    at: datetime


def prepare(generator: Generator, number: int, size: int, numbering: Numbering) -> Iterator[Batch]:
    """Everything about the people of one chunk, each table's rows in turn: the worker's first."""
    columns = generator.draw(number, size)
    unknown = generator.unknown(number, size)
    months = columns.pop("experience_months")
    places = number * generator.chunk + np.arange(size)
    ids, at = numbering.first_id + places, numbering.at
    yield _people(generator, number, ids, numbering.first_no + places, columns, unknown, at)
    yield Batch(
        Provenance._meta.db_table,
        ("worker_id", "sources", "observed", "verified_at"),
        provenance(generator.rng(number, "sources"), columns, unknown, ids, at),
        binary=True,
    )
    yield from _wishes(generator.rng(number, "wishes"), ids, columns, months, at)


def _people(
    generator: Generator,
    number: int,
    ids: np.ndarray,
    numbers: np.ndarray,
    columns: Columns,
    unknown: dict[str, np.ndarray],
    at: datetime,
) -> Batch:
    size = len(ids)
    wide = {
        "id": text.texts(ids),
        "worker_no": np.strings.add(b"W", text.digits(numbers, 9).view("S9").ravel()),
        "created_at": _registered(generator.rng(number, "registered"), size, at),
        **_sealed(generator.rng(number, "uuids"), columns),
    }
    for name, values in columns.items():
        if name not in wide:
            cells = text.texts(values)
            wide[name] = np.where(unknown[name], _nothing(name), cells) if name in unknown else cells
    for field in Worker._meta.concrete_fields:
        if field.column not in wide and not isinstance(field, models.GeneratedField):
            wide[field.column] = np.full(size, _nothing(field.name))
    return Batch(Worker._meta.db_table, tuple(wide), text.rows(list(wide.values())))


def _nothing(name: str) -> bytes:
    """How COPY writes the value that a column has while nothing is known."""
    nothing = empty(name)
    return text.NULL if nothing is None else b"{}" if nothing == [] else str(nothing).encode()


def _registered(rng: np.random.Generator, size: int, at: datetime) -> np.ndarray:
    """When people were recorded: most when the registry began, few since, as the survey's totals grow (0.5 % a year).

    Reports of past months count by this date.
    """
    recent = rng.random(size) < NEW_IN_TWO_YEARS
    back = np.where(recent, rng.integers(1, 731, size), rng.integers(731, 1_096, size))
    moments = np.array([(at - timedelta(days=days)).isoformat().encode() for days in range(1_096)])
    return moments[back]


def _sealed(rng: np.random.Generator, columns: Columns) -> Columns:
    """Row uuids, ciphertexts and blind indexes in place of the plain numbers."""
    raw = np.frombuffer(rng.bytes(16 * len(columns["mobile"])), dtype=np.uint8).reshape(-1, 16).copy()
    raw[:, 6] = raw[:, 6] & 0x0F | 0x40  # a random uuid says so (RFC 9562: version 4, variant 10)
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    found: Columns = {"uuid": text.uuids(raw)}
    rows = [row.tobytes() for row in raw]
    for name, domain in (("id_number", "id_number"), ("mobile", "phone")):
        numbers = columns[name].astype("S").tolist()
        found[name] = _bytea(seal_bytes(f"{Worker._meta.db_table}.{name}", rows, numbers), len(rows))
        found[f"{name}_index"] = _bytea(blind_indexes(domain, numbers), len(rows))
    return found


def _bytea(values: Iterator[bytes], size: int) -> np.ndarray:
    """Values of equal length."""
    return text.bytea(np.frombuffer(b"".join(values), dtype=np.uint8).reshape(size, -1))


def _wishes(
    rng: np.random.Generator, ids: np.ndarray, columns: Columns, months: np.ndarray, at: datetime
) -> Iterator[Batch]:
    """Those who look for work, with the consent that lets brokers see them."""
    who = np.flatnonzero(rng.random(len(ids)) < WISHING)
    size, agreed = len(who), rng.random(len(who)) < RECOMMENDABLE
    home = _home_districts(columns["hukou_division"][who], columns["residence_division"][who])
    anywhere = rng.random(size) < 0.3
    pay = columns["monthly_income_fen"][who] * rng.uniform(0.85, 1.1, size) // 100_00 * 100_00
    wishes = {
        "worker_id": ids[who],
        "wants_job": np.full(size, b"t"),
        "recommendable": agreed,
        "home_district": home,
        "trade": columns["trade"][who],
        "other_trades": np.full(size, b"{}"),
        "skill_level": columns["skill_level"][who],
        "experience_months": months[who],
        "anywhere": anywhere,
        "wanted_district": np.where(anywhere, "", home),
        "min_pay_fen": pay.astype(np.int64),
        "pay_unit": np.full(size, b"month"),
        "available_on": _days(rng, at.date(), size, -10, 40),
        "verified_on": _days(rng, at.date(), size, -180, 0),
    }
    yield _batch(JobIntent, wishes)
    agreeing = ids[who][agreed]
    for purpose in TO_BE_RECOMMENDED:
        consents = {
            "worker_id": agreeing,
            "purpose": np.full(len(agreeing), str(purpose).encode()),
            "version": np.full(len(agreeing), VERSIONS[purpose]),
            "given_at": np.full(len(agreeing), at.isoformat().encode()),
        }
        yield _batch(Consent, consents)


def _batch(model: type[models.Model], columns: Columns) -> Batch:
    return Batch(model._meta.db_table, tuple(columns), text.rows([text.texts(values) for values in columns.values()]))


def _home_districts(hukou: np.ndarray, residence: np.ndarray) -> np.ndarray:
    """`derive.home_district` for columns."""
    inside = np.strings.startswith(residence, CITY_PREFIX) & (np.strings.str_len(residence) > 2)
    return np.where(inside, residence.astype("U6"), hukou.astype("U6"))


def _days(rng: np.random.Generator, today: date, size: int, earliest: int, latest: int) -> np.ndarray:
    return np.datetime64(today, "D") + rng.integers(earliest, latest + 1, size)
