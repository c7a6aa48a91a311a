"""The table of 65 indicators is the shipped list, and every column exists."""

import csv
from pathlib import Path

import pytest

from workers import indicators
from workers.enums import Source
from workers.indicators import INDICATORS, Kind, Page
from workers.models import JobIntent, Worker
from workers.ranges import RANGES

with (Path(indicators.__file__).parent / "data" / "indicators.csv").open(encoding="utf-8", newline="") as file:
    LIST = list(csv.DictReader(file))

# How the list writes a department, by its beginning; the longest that fits counts.
DEPARTMENTS = {
    "公安": Source.POLICE,
    "民政": Source.CIVIL_AFFAIRS,
    "农业农村": Source.AGRICULTURE,
    "教育": Source.EDUCATION,
    "人社": Source.HUMAN_RESOURCES,
    "统计": Source.STATISTICS,
    "市场监管": Source.MARKET,
    "医保": Source.MEDICAL,
    "住建": Source.HOUSING,
    "本人": Source.WORKER,
    "系统": Source.COMPUTED,
}
# "S if number stored" (it is not) and "S-adjacent" (treated as sensitive) are judged here.
PRIVACY = {42: "P", 47: "S"}


def test_there_are_exactly_65():
    assert len(INDICATORS) == len(LIST) == 65
    assert [row.number for row in INDICATORS] == list(range(1, 66))


@pytest.mark.parametrize(("row", "listed"), list(zip(INDICATORS, LIST, strict=True)), ids=[row["code"] for row in LIST])
def test_an_indicator_is_as_listed(row, listed):
    assert (row.number, row.code, str(row.label), row.group) == (
        int(listed["number"]),
        listed["code"],
        listed["label_zh"],
        listed["group"],
    )
    assert listed["source_department"].startswith(
        next(name for name, source in DEPARTMENTS.items() if source == row.department)
    )
    assert row.privacy == PRIVACY.get(row.number, listed["privacy"].split(" ")[0].split("(")[0])
    assert set(row.updated_by) == {ch for ch in listed["updated_by"].split(" (")[0] if ch in "WBDX"}


def test_every_column_exists_and_no_column_of_a_person_is_left_out():
    declared = {column for row in INDICATORS for column in row.columns}
    technical = {
        "id",
        "uuid",
        "worker_no",
        "user_id",
        "created_at",
        "id_number_index",
        "mobile_index",
        "name_pinyin",
        "hukou_district",
        "residence_district",
        "merged_into_id",
    }
    assert declared | technical == {field.attname for field in Worker._meta.concrete_fields}


def test_a_coded_indicator_uses_the_choices_of_its_column():
    for row in INDICATORS:
        if row.kind == Kind.CODE:
            assert Worker._meta.get_field(row.column).choices == row.choices.choices, row.code


def test_every_number_has_its_range():
    numeric = {c for row in INDICATORS if row.kind in (Kind.COUNT, Kind.MONEY, Kind.AREA) for c in row.columns}
    assert numeric <= set(RANGES)


def test_the_profile_has_seven_groups_and_shows_all_but_the_systems_own_two():
    assert len(Page) <= 7
    assert {row.code for row in INDICATORS if row.page is None} == {"broker", "last_verified"}


def test_brokers_see_only_what_placing_needs():
    seen = {row.number for row in INDICATORS if row.broker_sees}
    assert seen == {2, 3, 4, 9, 18, 20, 21, 22, 26, 28, 32, 36, 38, 60, 61, 62}


def test_ranking_cannot_read_sex_ethnic_group_or_family():
    columns = {field.name for field in JobIntent._meta.get_fields()}
    assert not columns & {"sex", "ethnicity", "marital_status", "minor_children", "household_size", "birth_date"}
