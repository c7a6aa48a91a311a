"""Twelve months of wages for the measure of the payment watch, written by COPY: 2 M lines a month for the city."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from core.long_work import take_time

from .stage import WHOLE_CITY, Stage

LINES_A_MONTH, PROJECTS, MONTHS = 2_000_000, 20_000, 12
FEWEST_PROJECTS = 20
_PROJECTS = """
    INSERT INTO employers_project (uuid, code, name, general_contractor_id, project_office, developer_name,
        subcontractor_name, regulator_name, regulator_phone, division, address, labour_manager_name,
        labour_manager_phone, pay_day, starts_on, ends_on, registered_at)
    SELECT gen_random_uuid(), 'BENCH' || n, '测量工程 ' || n, (SELECT min(id) FROM employers_employer), '', '',
        '', '', '', d.code, '', '', '', 5 * (n %% 6) + 5, %s::date, NULL, %s::timestamptz
    FROM generate_series(1, %s) n
    JOIN (
        SELECT code, row_number() OVER (ORDER BY code) AS place, count(*) OVER () AS many
        FROM core_division WHERE code ~ '^50[0-9]{4}$' AND code <> '500000'
    ) d ON d.place = n %% d.many + 1
    RETURNING id
"""
_COLUMNS = "(person, month, project_id, batch_id, owed_fen, paid_fen, agreed_fen, paid_on, days, teller)"


def size(stage: Stage) -> tuple[int, int]:
    """Lines a month and projects at this scale."""
    share = stage.scale / WHOLE_CITY
    return round(LINES_A_MONTH * share), max(round(PROJECTS * share), FEWEST_PROJECTS)


def load(stage: Stage, *, months: list[date]) -> list[int]:
    """Write projects, one file a month, and its lines and days at the site. Returns the projects' ids.

    One in fifty was not paid, one in fifty too little, one in a hundred late, one in two hundred less than the minimum.
    """
    lines, many = size(stage)
    at = timezone.now()
    with connection.cursor() as cursor:
        take_time(cursor)
        cursor.execute("SELECT sites_months(%s, %s)", [months[0], months[-1]])
        cursor.execute(_PROJECTS, [months[0] - timedelta(days=90), at, many])
        projects = [project for (project,) in cursor.fetchall()]
        cursor.execute("SELECT id FROM workers_worker ORDER BY id LIMIT %s", [lines])
        people = [person for (person,) in cursor.fetchall()]
        for month in months:
            wages, present = _file(cursor, month, at), _file(cursor, month, at)
            for first in range(0, lines, 200_000):
                last = min(first + 200_000, lines)
                paid, days = _lines(first, last, month, projects, people, wages, present)
                cursor.copy_expert(f"COPY sites_payrollline {_COLUMNS} FROM STDIN WITH (FORMAT csv, NULL '')", paid)
                cursor.copy_expert("COPY sites_attendanceline FROM STDIN WITH (FORMAT csv)", days)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) sites_payrollline, sites_attendanceline")
    return projects


def unload(projects: list[int]) -> None:
    """Take it all away again; the demonstration's own lines go with it, and nothing is measured on them."""
    with connection.cursor() as cursor:
        take_time(cursor)
        cursor.execute("TRUNCATE sites_payrollline, sites_attendanceline")
        cursor.execute("DELETE FROM sites_alert WHERE project_id = ANY(%s)", [projects])
        cursor.execute("DELETE FROM sites_payrollfile WHERE name LIKE 'bench %%'", [])
        cursor.execute("DELETE FROM employers_project WHERE id = ANY(%s)", [projects])


def _file(cursor, month: date, at) -> int:
    cursor.execute(
        """
        INSERT INTO sites_payrollfile (kind, teller, state, name, digest, size_bytes, sealed_name, returned_name,
            columns, counts, lines_done, lines_total, message, uploaded_at, attempts, applied_at, prefixes)
        VALUES ('payroll', 1, 'applied', %s, %s, 0, '', '', '[]', '{"months": []}', 0, 0, '', %s, 0, %s, '["50"]')
        RETURNING id
        """,
        [f"bench {month:%Y-%m}", uuid4().bytes, at, month],
    )
    return cursor.fetchone()[0]


def _lines(
    first: int, last: int, month: date, projects: list[int], people: list[int], wages: int, present: int
) -> tuple[BytesIO, BytesIO]:
    """What COPY reads of some lines; made by columns."""
    import numpy as np
    import polars as pl

    n = np.arange(first, last)
    person = np.array(people, dtype=np.int64)[n % len(people)] if len(people) else n + 1
    owed = 420_000 + (n * 7919 % 4_000) * 100
    kind = (n * 31 + n // len(projects) * 13 + month.month * 7) % 200  # not the same for a whole project
    paid = np.where(kind < 4, 0, np.where(kind < 8, owed * 7 // 10, np.where(kind == 8, 150_000, owed)))
    due = date(month.year + (month.month == 12), month.month % 12 + 1, 4)
    frame = pl.DataFrame(
        {
            "person": person,
            "month": [month] * len(n),
            "project": np.array(projects, dtype=np.int64)[n % len(projects)],
            "batch": [wages] * len(n),
            "owed": owed,
            "paid": paid,
            "agreed": owed,
            "on": np.where(kind < 10, 20, 0),
            "days": 180 + n % 80,
            "teller": [1] * len(n),
        }
    ).with_columns((pl.lit(due) + pl.duration(days=pl.col("on"))).alias("on"))
    frame = frame.with_columns(pl.when(pl.col("paid") > 0).then("on").alias("on"))
    days = frame.select("person", "month", "project", pl.lit(present).alias("batch"), "days")
    return (
        BytesIO(frame.write_csv(include_header=False).encode()),
        BytesIO(days.write_csv(include_header=False).encode()),
    )
