"""Writing generated people with COPY: the wide rows, their provenance, wishes and consents."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from time import perf_counter

import numpy as np
from django.db import connection, models, transaction

from core.crypto import blind_index, seal_many

from ..derive import home_district
from ..enums import VERSIONS, Purpose, Source
from ..indicators import BY_CODE, COUNT, INDICATORS, Kind
from ..models import Consent, JobIntent, Provenance, Worker
from ..precedence import day_number
from ..values import empty
from .population import Columns, Generator

CHUNK = 20_000
NULL = r"\N"
# Shares of people of whom an indicator is unknown; what the reports count is always known.
UNKNOWN = {
    "household_no": 0.3, "household_labour": 0.25, "left_behind": 0.2, "political_status": 0.15, "occupation": 0.1,
    "employment_form": 0.1, "contract_type": 0.15, "job_start": 0.12, "wage_method": 0.12, "wage_cycle": 0.1,
    "payroll_account": 0.2, "medical_type": 0.05, "residence_permit": 0.1, "housing_tenure": 0.15, "living_area": 0.3,
    "integration": 0.3, "adaptation": 0.3, "startup_need": 0.4, "social_card": 0.08, "months_worked": 0.05,
}  # fmt: skip
WISHING, RECOMMENDABLE = 0.40, 0.85
NEW_IN_TWO_YEARS = 0.012


@dataclass(frozen=True)
class Loaded:
    """How many people were loaded, and how fast."""

    people: int
    seconds: float

    @property
    def rows_per_second(self) -> float:
        return self.people / self.seconds if self.seconds else 0.0


def load(people: int, generator: Generator, *, at: datetime, tell: Callable[[int], None] = lambda done: None) -> Loaded:
    """Generate and write `people`, chunk by chunk; every chunk is a transaction of its own."""
    began, done = perf_counter(), 0
    while done < people:
        size = min(CHUNK, people - done)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            _write_chunk(cursor, generator, size, at=at)
        done += size
        tell(done)
    return Loaded(done, perf_counter() - began)


def _write_chunk(cursor, generator: Generator, size: int, *, at: datetime) -> None:
    rng = generator.rng
    columns = generator.draw(size)
    months = columns.pop("experience_months")
    _forget_some(rng, columns, size)
    first_id = _reserve(cursor, "pg_get_serial_sequence('workers_worker', 'id')", size)
    first_no = _reserve(cursor, "'workers_worker_no_seq'", size)
    ids = list(range(first_id, first_id + size))
    wide = {
        "id": ids,
        "worker_no": [f"W{number:09d}" for number in range(first_no, first_no + size)],
        "created_at": _registered(first_id, size, at),
        **_sealed(rng, columns),
        **columns,
    }
    _copy(cursor, Worker, {**wide, **_empty_rest(wide, size)})
    _copy(cursor, Provenance, {"worker_id": ids, **_provenance(rng, columns, size, at)})
    _copy_wishes(cursor, rng, ids, columns, months, at)


def _registered(first_id: int, size: int, at: datetime) -> list[str]:
    """When people were recorded: most when the registry began, few since, as the survey's totals grow (0.5 % a year).

    A source of its own, so that the people drawn stay the same; reports of past months count by this date.
    """
    rng = np.random.default_rng(first_id)
    recent = rng.random(size) < NEW_IN_TWO_YEARS
    days = np.where(recent, rng.integers(1, 731, size), rng.integers(731, 1_096, size))
    return [(at - timedelta(days=back)).isoformat() for back in days.tolist()]


def _forget_some(rng: np.random.Generator, columns: Columns, size: int) -> None:
    for name, share in UNKNOWN.items():
        who = rng.random(size) < share
        nothing = "{}" if name == "left_behind" else ("" if empty(name) == "" else NULL)
        values = np.asarray(columns[name]).astype(object)
        values[who] = nothing
        columns[name] = values


def _reserve(cursor, sequence: str, size: int) -> int:
    """Take a block of numbers from a sequence and return its first."""
    cursor.execute(f"SELECT nextval({sequence})")
    first = cursor.fetchone()[0]
    if size > 1:
        cursor.execute(f"SELECT setval({sequence}, %s)", [first + size - 1])
    return first


def _sealed(rng: np.random.Generator, columns: Columns) -> Columns:
    """Row uuids, ciphertexts and blind indexes in place of the plain numbers."""
    numbers, mobiles = columns.pop("id_number"), columns.pop("mobile")
    raw = rng.bytes(16 * len(numbers))
    uuids = [uuid.UUID(bytes=raw[i : i + 16], version=4) for i in range(0, len(raw), 16)]
    table = Worker._meta.db_table
    return {
        "uuid": uuids,
        "id_number": _bytea(seal_many(f"{table}.id_number", uuids, numbers)),
        "id_number_index": _bytea(blind_index("id_number", number) for number in numbers),
        "mobile": _bytea(seal_many(f"{table}.mobile", uuids, mobiles)),
        "mobile_index": _bytea(blind_index("phone", number) for number in mobiles),
    }


def _bytea(values: Iterable[bytes]) -> list[str]:
    return [f"\\\\x{value.hex()}" for value in values]


def _empty_rest(wide: Columns, size: int) -> Columns:
    """The columns that the generator leaves unknown, as COPY wants them."""
    rest: Columns = {}
    for field in Worker._meta.concrete_fields:
        if field.column not in wide and not isinstance(field, models.GeneratedField):
            value = field.get_default() if field.has_default() else None
            rest[field.column] = [NULL if value is None else "{}" if value == [] else value] * size
    return rest


def _copy(cursor, model: type[models.Model], columns: Columns) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    rows = zip(*map(_texts, columns.values()), strict=True)
    text = StringIO("".join("\t".join(row) + "\n" for row in rows))
    cursor.copy_expert(f"COPY {model._meta.db_table} ({names}) FROM STDIN", text)


def _texts(values: list | np.ndarray) -> list[str]:
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":
        return np.datetime_as_string(values).tolist()
    return list(map(str, values.tolist() if isinstance(values, np.ndarray) else values))


def _provenance(rng: np.random.Generator, columns: Columns, size: int, at: datetime) -> Columns:
    """Who stated each known value and when: one day per person and source, as a yearly data exchange would give."""
    today = day_number(at.date())
    sources = np.zeros((size, COUNT), dtype=np.int64)
    days = {source: today - rng.integers(5, 500, size) for source in Source}
    observed = np.zeros((size, COUNT), dtype=np.int64)
    calendar = np.stack([days[source] for source in sorted(Source)])
    place_of = np.zeros(max(Source) + 1, dtype=np.int64)
    place_of[[int(source) for source in sorted(Source)]] = np.arange(len(Source))
    for indicator in INDICATORS:
        stated = _who_states(rng, indicator, size)
        known = _known(columns, indicator)
        place = indicator.number - 1
        sources[:, place] = np.where(known, stated, 0)
        observed[:, place] = np.where(known, calendar[place_of[stated], np.arange(size)], 0)
    last = BY_CODE["last_verified"].number - 1
    sources[:, last], observed[:, last] = int(Source.COMPUTED), observed.max(axis=1)
    return {"sources": _arrays(sources), "observed": _arrays(observed), "verified_at": [at.isoformat()] * size}


def _who_states(rng: np.random.Generator, indicator, size: int) -> np.ndarray:
    """A department where one may, workers and brokers for the rest."""
    allowed = indicator.updated_by
    department = int(indicator.department if indicator.department.is_department else Source.HUMAN_RESOURCES)
    weights = {department: 6 * ("D" in allowed), int(Source.WORKER): 3 * ("W" in allowed)}
    weights |= {int(Source.BROKER): 1 * ("B" in allowed), int(Source.COMPUTED): 20 * ("X" in allowed)}
    pull = np.array(list(weights.values()), dtype=float)
    return rng.choice(list(weights), size=size, p=pull / pull.sum())


def _known(columns: Columns, indicator) -> np.ndarray | bool:
    if indicator.kind == Kind.SEALED:
        return True
    if not indicator.columns or indicator.column not in columns:
        return False
    values = np.asarray(columns[indicator.column])
    return (values != "") & (values != NULL) & (values != "{}") if values.dtype.kind in "UO" else True


def _arrays(table: np.ndarray) -> list[str]:
    return ["{" + ",".join(map(str, row)) + "}" for row in table.tolist()]


def _copy_wishes(cursor, rng: np.random.Generator, ids: list[int], columns: Columns, months, at: datetime) -> None:
    """Those who look for work, with the consent that lets brokers see them."""
    size = len(ids)
    who = np.flatnonzero(rng.random(size) < WISHING)
    agreed = rng.random(len(who)) < RECOMMENDABLE
    hukou, residence = (np.asarray(columns[name])[who].tolist() for name in ("hukou_division", "residence_division"))
    home = [home_district(registered, lives) for registered, lives in zip(hukou, residence, strict=True)]
    workers = [ids[place] for place in who.tolist()]
    anywhere = rng.random(len(who)) < 0.3
    pay = np.asarray(columns["monthly_income_fen"])[who] * rng.uniform(0.85, 1.1, len(who)) // 100_00 * 100_00
    today = at.date()
    wishes = {
        "worker_id": workers,
        "wants_job": ["t"] * len(who),
        "recommendable": np.where(agreed, "t", "f"),
        "home_district": home,
        "trade": np.asarray(columns["trade"])[who],
        "other_trades": ["{}"] * len(who),
        "skill_level": np.asarray(columns["skill_level"])[who],
        "experience_months": np.asarray(months)[who],
        "anywhere": np.where(anywhere, "t", "f"),
        "wanted_district": np.where(anywhere, "", np.array(home)),
        "min_pay_fen": pay.astype(np.int64),
        "pay_unit": ["month"] * len(who),
        "available_on": _days(rng, today, len(who), -10, 40),
        "verified_on": _days(rng, today, len(who), -180, 0),
    }
    _copy(cursor, JobIntent, wishes)
    agreeing = list(_where(workers, agreed))
    consents = {
        "worker_id": agreeing,
        "purpose": [str(Purpose.RECOMMEND)] * len(agreeing),
        "version": [VERSIONS[Purpose.RECOMMEND]] * len(agreeing),
        "given_at": [at.isoformat()] * len(agreeing),
    }
    _copy(cursor, Consent, consents)


def _where(values: list[int], mask: np.ndarray) -> Iterator[int]:
    return (value for value, yes in zip(values, mask.tolist(), strict=True) if yes)


def _days(rng: np.random.Generator, today: date, size: int, earliest: int, latest: int) -> np.ndarray:
    return np.datetime64(today, "D") + rng.integers(earliest, latest + 1, size)
