"""Rows of the registry as a first load leaves them, and two of them that are one person."""

from datetime import date

import pytest

from core.crypto import blind_index, id_check_character
from workers.enums import Source
from workers.indicators import BY_CODE, COUNT
from workers.models import Provenance, Worker
from workers.precedence import day_number
from workers.services.derivation import pinyin_key

LOADED = date(2025, 6, 1)


def id_number(sequence, born="19790211"):
    body = f"500199{born}{sequence:03}"
    return body + id_check_character(body)


DEPARTMENTS_ID = id_number(1)


def loaded_row(at, *, id_number=None, mobile=None, source=Source.POLICE, loaded_on=LOADED, **values):
    """A person of the first load: values in the wide row, sources and days in the outcome, no statement."""
    row = Worker(created_at=at, **values, name_pinyin=pinyin_key(values.get("full_name", "")))
    if id_number:
        row.id_number, row.id_number_index = id_number, blind_index("id_number", id_number)
    if mobile:
        row.mobile, row.mobile_index = mobile, blind_index("phone", mobile)
    row.save()
    sources, days = [0] * COUNT, [0] * COUNT
    known = {*values, *(name for name, value in (("id_number", id_number), ("mobile", mobile)) if value)}
    for code, indicator in BY_CODE.items():
        if known & {code, *indicator.columns}:
            sources[indicator.number - 1], days[indicator.number - 1] = int(source), day_number(loaded_on)
    Provenance.objects.create(worker=row, sources=sources, observed=days)
    return Worker.everyone.get(pk=row.pk)


PERSON = {
    "full_name": "冉启明",
    "sex": "1",
    "birth_date": date(1979, 2, 11),
    "hukou_division": "500116102",
}


@pytest.fixture
def departments(at):
    """冉启明 as the police's data has him."""
    return loaded_row(at, id_number=DEPARTMENTS_ID, household_no="500116102000777", education="70", **PERSON)


@pytest.fixture
def by_phone(at):
    """The same person, written down once more at a job fair without his ID number."""
    return loaded_row(at, mobile="15400001111", source=Source.BROKER, trade="welder", education="60", **PERSON)
