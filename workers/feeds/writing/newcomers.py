"""People whom a department knows and the registry does not: their rows, with the ID number sealed."""

import os
from datetime import datetime
from io import StringIO
from uuid import UUID

from django.db import models
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from core.crypto import seal_many

from ... import id_numbers
from ...enums import Source
from ...indicators import BY_CODE, COUNT
from ...models import Act, Worker
from ...precedence import day_number
from ...services.derivation import pinyin_key
from ...values import empty
from ..kinds import CheckAgain
from . import columns
from .staging import INDEX, Staged, made_table, table

# Derived from the ID number unless the file says so itself.
_COMPUTED = ("sex", "birth_date")


class RegistryMoved(CheckAgain):
    """Somebody is missing now who was there when the file was checked, so it is checked anew."""


def prepare(cursor: CursorWrapper, batch_id: int, staged: Staged) -> int:
    """After `comparing.plan`: seal the ID numbers of those who were not found, while they are still at hand.

    Fills `workers_feed_N_new`, which waits with the staged rows for somebody to confirm. Returns how many.
    """
    cursor.execute(f"DROP TABLE IF EXISTS {made_table(batch_id)}")
    cursor.execute(
        f"CREATE UNLOGGED TABLE {made_table(batch_id)} (line bigint, uuid uuid, id_number bytea, name_pinyin text,"
        " sex text, birth_date date, worker_id bigint)"
    )
    names = _names(cursor, batch_id, staged.columns)
    if not names:
        return 0
    numbers = list(staged.id_numbers(names))
    raw = os.urandom(16 * len(numbers))
    uuids = [UUID(bytes=raw[place : place + 16], version=4) for place in range(0, len(raw), 16)]
    sealed = seal_many(f"{Worker._meta.db_table}.id_number", uuids, [number for _line, number in numbers])
    spelled = {name: pinyin_key(name) for name in set(names.values())}
    rows = []
    for (line, number), row, value in zip(numbers, uuids, sealed, strict=True):
        said = id_numbers.read(number)
        rows.append(f"{line}\t{row}\t\\\\x{value.hex()}\t{spelled[names[line]]}\t{said.sex.value}\t{said.birth_date}\n")
    cursor.copy_expert(
        f"COPY {made_table(batch_id)} (line, uuid, id_number, name_pinyin, sex, birth_date) FROM STDIN",
        StringIO("".join(rows)),
    )
    return len(rows)


def _names(cursor: CursorWrapper, batch_id: int, stated: list[str]) -> dict[int, str]:
    """The lines of `feed_plan` whose person is unknown, with the name that the file gives."""
    if "full_name" not in stated:
        return {}
    cursor.execute(
        f"""
        SELECT p.line, s.full_name FROM feed_plan p JOIN {table(batch_id)} s USING (line)
        WHERE p.worker_id IS NULL AND s.full_name IS NOT NULL ORDER BY p.line
        """
    )
    return dict(cursor.fetchall())


def make(cursor: CursorWrapper, batch_id: int, stated: list[str], act: Act, *, at: datetime) -> int:
    """Register everybody in `feed_plan` who was not found and whose name the file gives. Returns how many.

    Their values are the file's, so nothing has to be weighed; `feed_plan` learns the new rows. Raises
    `RegistryMoved` when somebody is missing now who was there when the file was checked.
    """
    names = _names(cursor, batch_id, stated)
    if not names:
        return 0
    cursor.execute("DROP TABLE IF EXISTS feed_new")
    cursor.execute(
        f"""
        CREATE TEMP TABLE feed_new ON COMMIT DROP AS
        SELECT n.line, n.uuid, n.id_number, n.name_pinyin, n.sex, n.birth_date,
            nextval(pg_get_serial_sequence('workers_worker', 'id')) AS worker_id
        FROM {made_table(batch_id)} n JOIN feed_plan p ON p.line = n.line AND p.worker_id IS NULL
        """
    )
    if cursor.rowcount != len(names):
        raise RegistryMoved(_("上次检查之后登记有了变化，所以重新检查了一遍。"))
    _insert_rows(cursor, batch_id, stated, at)
    _insert_outcomes(cursor, batch_id, stated, act, at)
    return len(names)


def _insert_rows(cursor: CursorWrapper, batch_id: int, stated: list[str], at: datetime) -> None:
    values = {"id": "n.worker_id", "uuid": "n.uuid", "id_number": "n.id_number", "id_number_index": f"s.{INDEX}"}
    values |= {"name_pinyin": "n.name_pinyin", "created_at": "%(at)s"}
    for field in Worker._meta.concrete_fields:
        column = field.column
        if column in values or column == "worker_no" or isinstance(field, models.GeneratedField):
            continue
        nothing = _literal(empty(column)) if field.has_default() else "NULL"
        fallback = f"n.{column}" if column in _COMPUTED else nothing
        values[column] = f'coalesce(s."{column}", {fallback})' if column in stated else fallback
    names = ", ".join(f'"{name}"' for name in values)
    cursor.execute(
        f"""
        INSERT INTO workers_worker ({names}) OVERRIDING SYSTEM VALUE
        SELECT {", ".join(values.values())} FROM feed_new n JOIN {table(batch_id)} s USING (line) ORDER BY n.line
        """,
        {"at": at},
    )
    cursor.execute(
        "UPDATE feed_plan p SET worker_id = n.worker_id, made = true, differs = '{}'"
        " FROM feed_new n WHERE n.line = p.line"
    )


def _literal(value: object) -> str:
    """An empty value of the registry in SQL: '', an empty list, or nothing."""
    return "NULL" if value is None else "'{}'" if value == [] else "''"


def _insert_outcomes(cursor: CursorWrapper, batch_id: int, stated: list[str], act: Act, at: datetime) -> None:
    """Source, day and act of every value: the file's where it states one, computed for sex and birth date."""
    said = {indicator.number: indicator for indicator in columns.indicators_of(stated)}
    by_file, computed = int(act.source), int(Source.COMPUTED)
    computed_numbers = {BY_CODE[code].number for code in (*_COMPUTED, "last_verified")}
    sources, days, acts = [], [], []
    for number in range(1, COUNT + 1):
        other = computed if number in computed_numbers else 0
        if number == BY_CODE["id_number"].number:
            is_said = "true"
        else:
            is_said = columns.stated("s", said[number], stated) if number in said else "false"
        sources.append(f"CASE WHEN {is_said} THEN {by_file} ELSE {other} END")
        days.append(f"CASE WHEN {is_said} OR {other} > 0 THEN {day_number(act.observed_on)} ELSE 0 END")
        acts.append(f"CASE WHEN {is_said} THEN {int(act.pk)} ELSE 0 END")
    cursor.execute(
        f"""
        INSERT INTO workers_provenance (worker_id, sources, observed, acts, verified_at)
        SELECT n.worker_id, ARRAY[{", ".join(sources)}]::smallint[], ARRAY[{", ".join(days)}]::smallint[],
            ARRAY[{", ".join(acts)}]::int[], %s
        FROM feed_new n JOIN {table(batch_id)} s USING (line)
        """,
        [at],
    )
