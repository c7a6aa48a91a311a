"""The benchmark's department file: about the people that were loaded, and with the shares that it promises."""

import csv
from dataclasses import replace

import pytest

from tools.bench import feedfile
from workers import demo, id_numbers
from workers.demo.loading import load
from workers.enums import Source
from workers.feeds.reading import profiles
from workers.models import Worker

PEOPLE, ROWS, CHUNK = 4_000, 2_000, 1_000


@pytest.fixture
def generator(at, db):
    return replace(demo.generator(rng_seed=7, at=at), chunk=CHUNK)


def lines(path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return [dict(zip(feedfile.COLUMNS, row, strict=True)) for row in list(csv.reader(file))[1:]]


def held(row: Worker, column: str) -> str:
    value = getattr(row, column)
    if column == "unemployment_ins":
        return "是" if value else "否"
    return "" if value is None else str(value)


def test_the_department_may_state_all_twenty_indicators(db):
    matched = profiles.of(Source.HUMAN_RESOURCES).match(feedfile.headers())
    assert len(matched.numbers) == 20
    assert not matched.unknown and not matched.not_theirs


def test_the_same_seed_gives_the_same_file(generator, tmp_path):
    one, two, other = (tmp_path / name for name in "abc")
    for path, seed, processes in ((one, 3, 1), (two, 3, 2), (other, 4, 1)):
        feedfile.write(path, generator, PEOPLE, ROWS, seed=seed, processes=processes)
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes() != other.read_bytes()


def test_rows_say_what_the_registry_holds_except_for_the_promised_shares(generator, at, tmp_path):
    load(PEOPLE, generator, at=at)
    told = feedfile.write(tmp_path / "feed.csv", generator, PEOPLE, ROWS, processes=1)
    rows = lines(tmp_path / "feed.csv")
    found = dict.fromkeys(("agreed", "changed", "lower", "errors", "new"), 0)
    for row in rows:
        worker = Worker.objects.with_id_number(row["id_number"]).first()
        if id_numbers.read(row["id_number"]) is None or row["pension_type"] == "77" or row["job_start"] > "2090":
            found["errors"] += 1
        elif worker is None:
            found["new"] += 1
        else:
            differs = {name for name in feedfile.COLUMNS[1:] if row[name] != held(worker, name)}
            kind = "agreed" if not differs else "lower" if differs <= {"full_name", "hukou_type"} else "changed"
            found[kind] += 1
            assert kind != "changed" or differs <= set(feedfile.OWN)
    assert found == {name: getattr(told, name) for name in found}
    assert (
        told.rows
        == len(rows)
        == len({row["id_number"] for row in rows} - {"5.1E+17"}) + sum(row["id_number"] == "5.1E+17" for row in rows)
    )
    assert found["new"] == ROWS * feedfile.NEW
    for name, share in (("changed", feedfile.CHANGED), ("lower", feedfile.LOWER), ("errors", feedfile.ERRORS)):
        assert abs(found[name] / ROWS - share) < 0.02, name
