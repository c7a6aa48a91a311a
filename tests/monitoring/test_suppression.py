"""Small cells: hidden, and not computable from anything that is published."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.enums import SMALL_CELL
from monitoring.figures.suppression import ALL, protect, with_totals


def computable(table, hidden):
    """The hidden cells that linear algebra finds from the published ones and the sums alone."""
    cells = with_totals(table)
    unknown = sorted(hidden)
    equations = []
    for axis in (0, 1):
        for name in {cell[axis] for cell in cells}:
            sign = {cell: -1 if cell[1 - axis] == ALL else 1 for cell in cells if cell[axis] == name}
            equations.append([sign.get(cell, 0) for cell in unknown])
    if not unknown:
        return set()
    _u, sizes, basis = np.linalg.svd(np.array(equations, dtype=float))
    free = basis[(sizes > 1e-9).sum() :]
    return {cell for n, cell in enumerate(unknown) if not np.any(np.abs(free[:, n]) > 1e-9)}


def test_a_cell_of_nine_is_hidden_and_one_of_ten_is_not():
    hidden = protect({"sex": {"A": {"m": 9, "f": 100}, "B": {"m": 10, "f": 100}, "C": {"m": 100, "f": 100}}})["sex"]
    assert ("A", "m") in hidden
    assert ("C", "m") not in hidden


def test_an_empty_cell_stays_because_it_protects_nobody():
    assert protect({"sex": {"A": {"m": 0, "f": 100}, "B": {"m": 50, "f": 50}}})["sex"] == set()


def test_the_only_hidden_cell_of_a_row_takes_a_second_with_it():
    table = {name: {"x": 50, "y": 60, "z": 70} for name in "ABC"} | {"D": {"x": 4, "y": 60, "z": 70}}
    hidden = protect({"t": table})["t"]
    assert len([cell for cell in hidden if cell[0] == "D"]) >= 2
    assert len([cell for cell in hidden if cell[1] == "x"]) >= 2
    assert computable(table, hidden) == set()


def test_without_the_second_cell_the_first_could_be_computed():
    """Negative control: the check that the other tests trust does find a lone hidden cell."""
    table = {"A": {"x": 4, "y": 60}, "B": {"x": 50, "y": 60}}
    assert computable(table, {("A", "x")}) == {("A", "x")}


def test_two_cells_of_one_person_each_are_not_left_to_each_other():
    table = {"A": {"x": 1, "y": 1, "z": 80}, "B": {"x": 30, "y": 30, "z": 30}, "C": {"x": 40, "y": 50, "z": 60}}
    hidden = protect({"t": table})["t"]
    row = [cell for cell in hidden if cell[0] == "A"]
    assert sum(with_totals(table)[cell] for cell in row if cell[1] != ALL) >= SMALL_CELL


def test_a_district_too_small_to_show_is_not_the_difference_between_the_city_and_the_rest():
    table = {"A": {"m": 3, "f": 2}, "B": {"m": 40, "f": 30}, "C": {"m": 400, "f": 300}}
    hidden = protect({"t": table})["t"]
    assert ("A", ALL) in hidden and ("B", ALL) in hidden
    assert computable(table, hidden) == set()


def test_a_total_hidden_in_one_table_cannot_be_added_up_from_another():
    sex = {"A": {"m": 3, "f": 2}, "B": {"m": 40, "f": 30}, "C": {"m": 400, "f": 300}, "D": {"m": 80, "f": 70}}
    age = {"A": {"old": 5, "young": 0}, "B": {"old": 35, "young": 35}, "C": {"old": 350, "young": 350},
           "D": {"old": 75, "young": 75}}  # fmt: skip
    hidden = protect({"sex": sex, "age": age})
    assert ("B", ALL) in hidden["age"]
    assert computable(age, hidden["age"]) == set()


counts = st.one_of(st.integers(0, 14), st.integers(0, 300))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(counts, min_size=3, max_size=3), min_size=3, max_size=7), st.randoms())
def test_no_small_cell_can_be_computed_in_any_table(rows, random):
    table = {f"d{n}": dict(zip("xyz", row, strict=True)) for n, row in enumerate(rows)}
    cells, hidden = with_totals(table), protect({"t": table})["t"]
    assert {cell for cell, people in cells.items() if 0 < people < SMALL_CELL} <= hidden
    open_cells = {cell for cell, people in cells.items() if people and cell not in hidden}
    lost = computable(table, hidden)
    assert not lost or not open_cells, (lost, open_cells)


@pytest.mark.parametrize("people", [1, 9])
def test_a_city_with_a_handful_of_people_publishes_nothing(people):
    assert protect({"t": {"A": {"x": people}}})["t"] == {("A", "x"), ("A", ALL), (ALL, "x"), (ALL, ALL)}
