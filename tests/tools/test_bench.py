"""A benchmark's rows: `holds` follows from the target, never from a hand."""

import pytest

from tools.bench import table
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
