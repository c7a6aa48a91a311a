"""A benchmark's rows: `holds` follows from the target, never from a hand."""

import subprocess
import sys
import time

import pytest

from tools.bench import __main__ as command
from tools.bench import growth, memory, table
from tools.bench.measures import admin_list
from tools.bench.rows import Row, Target, percentile, significant


def row(value, target=None, baseline=None):
    return Row(name="x", scale=20_000, value=value, unit="ms", baseline=baseline, target=target)


@pytest.mark.parametrize(
    ("target", "value", "holds"),
    [
        (Target(100, "at most"), 100, True),
        (Target(100, "at most"), 100.1, False),
        (Target(100, "at least"), 100, True),
        (Target(100, "at least"), 99.9, False),
        (None, 1, None),
    ],
)
def test_whether_a_target_holds_is_computed(target, value, holds):
    assert row(value, target).as_json("m", {})["holds"] is holds


def test_a_row_has_the_fields_that_readers_rely_on():
    assert set(row(1).as_json("m", {})) >= {
        "name", "scale", "value", "unit", "baseline", "ratio", "target", "holds", "machine", "versions",
    }  # fmt: skip


def test_the_ratio_is_the_value_over_the_baseline():
    assert row(30, baseline=20).ratio == 1.5
    assert row(30).ratio is None


def test_percentiles_are_values_that_were_measured():
    values = [float(n) for n in range(1, 101)]
    assert (percentile(values, 50), percentile(values, 95), percentile([7.0], 95)) == (50.0, 95.0, 7.0)


def test_numbers_are_cut_to_what_was_measured():
    assert significant(1234.5678) == 1235 and significant(0.00123456) == 0.001235


def test_the_page_names_machine_baselines_and_each_outcome():
    rows = [
        row(30, Target(20, "at most"), 10).as_json("a machine", {"python": "3.11"}),
        row(1).as_json("a machine", {"python": "3.11"}),
    ]
    page = table.page(rows)
    assert "a machine" in page and "python 3.11" in page
    assert "| ≤ 20 | NO |" in page and "| – | – |" in page


def test_the_page_says_what_failed():
    rows = [row(30).as_json("a machine", {"python": "3.11"})]
    assert "- feeds at 20,000: no" in table.page(rows, failed=["feeds at 20,000: no"])
    assert "failed" not in table.page(rows)


def measured(name, scale, value):
    return {**row(value).as_json("m", {}), "name": name, "scale": scale}


def test_growth_compares_a_scale_with_a_tenth_of_it_and_judges_the_whole_city_only():
    name = "registry.profile.p95"
    rows = [measured(name, 20_000, 3), measured(name, 791_000, 4), measured(name, 7_910_000, 8)]
    grown = growth.rows([*rows, measured("seed", 791_000, 1), measured("seed", 7_910_000, 9)])
    assert [(found["name"], found["scale"], found["value"], found["holds"]) for found in grown] == [
        (f"{name}.growth", 7_910_000, 2.0, False)
    ]
    assert growth.rows([measured(name, 20_000, 3), measured(name, 200_000, 9)])[0]["holds"] is None


def test_the_environment_chooses_the_scale_and_the_whole_city_writes_the_page(monkeypatch):
    monkeypatch.delenv("SCALE", raising=False)
    plain = command._arguments([])
    assert (plain.scale, plain.docs) == ("20000,197750", False)
    monkeypatch.setenv("SCALE", "full")
    full = command._arguments([])
    assert (full.scale.split(",")[-2:], full.docs) == (["791000", "7910000"], True)
    assert command._arguments(["--scale", "500"]).scale == "500"
    with pytest.raises(SystemExit):
        command._arguments(["--on", "postgres://somewhere"])


def test_memory_counts_children(db):
    child = subprocess.Popen([sys.executable, "-c", "import time; block = bytearray(60_000_000); time.sleep(30)"])
    try:
        with memory.Peak() as peak:
            time.sleep(2.5)
    finally:
        child.kill()
        child.wait()
    assert peak.own_bytes > 60_000_000
    assert peak.bytes == peak.own_bytes + peak.server_bytes


def test_every_choice_of_the_sidebar_is_asked():
    paths = admin_list.choices()
    assert paths[0] == admin_list.LIST
    assert any("sex__exact=2" in path for path in paths) and len(paths) > 30
