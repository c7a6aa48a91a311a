"""Values as text: there and back, and the same as PostgreSQL writes them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from workers.indicators import BY_CODE, INDICATORS
from workers.models import Worker
from workers.texts import columns_from, has_text, text_of

VALUES = {
    "education": {"education": "70"},
    "birth_date": {"birth_date": date(1974, 3, 9)},
    "left_behind": {"left_behind": ["1", "3"]},
    "training_subsidy": {"training_subsidy_fen": 120_000},
    "living_area": {"living_area": Decimal("23.5")},
    "unemployment_ins": {"unemployment_ins": False},
    "integration": {"integration": "2", "adaptation": 4},
    "last_training": {"last_training": "电工, {初级}", "last_training_on": date(2026, 1, 5)},
    "household_size": {"household_size": 4},
}


@pytest.mark.parametrize(("code", "columns"), VALUES.items())
def test_a_value_goes_into_text_and_back(code, columns):
    indicator = BY_CODE[code]
    assert dict(columns_from(indicator, text_of(indicator, Worker(**columns)))) == columns


@pytest.mark.parametrize("indicator", [row for row in INDICATORS if has_text(row)], ids=lambda row: row.code)
def test_nothing_is_the_empty_text_and_empties_every_column(indicator):
    empty = Worker()
    assert text_of(indicator, empty).replace("\x1f", "") == ""
    assert all(getattr(empty, column) == value for column, value in columns_from(indicator, "").items())


def test_text_is_what_postgresql_writes(db, at):
    row = Worker.objects.create(created_at=at, **{k: v for columns in VALUES.values() for k, v in columns.items()})
    with connection.cursor() as cursor:
        for code, columns in VALUES.items():
            cursor.execute(
                f"SELECT {', '.join(f'{column}::text' for column in columns)} FROM workers_worker WHERE id = %s",
                [row.pk],
            )
            assert "\x1f".join(cursor.fetchone()) == text_of(BY_CODE[code], Worker.objects.get(pk=row.pk)), code
