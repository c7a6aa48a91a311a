"""Keeping small numbers of people out of published tables, and out of what can be computed from them.

A table is districts × categories with its totals in both directions, and totals are published too. So a hidden
cell follows from the others wherever it is alone in its row or column. More generally: draw rows and columns as
points and every hidden cell as a line between its row and its column; a cell can be computed exactly if and only
if its line is a bridge (it lies on no cycle). `protect` hides more cells until no bridge is left, until the hidden
cells of a row or column hold at least SMALL_CELL people together, and does so for all tables that share the
districts' totals at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ..enums import SMALL_CELL

ALL = "all"  # the row of the city, the column of a district's total

Cell = tuple[str, str]  # (row, column)
Point = tuple[str, str]  # ("row", row) or ("column", column)
Table = Mapping[str, Mapping[str, int]]  # row → column → people, without totals


def with_totals(table: Table) -> dict[Cell, int]:
    """All cells of a table, its totals included."""
    cells: dict[Cell, int] = defaultdict(int)
    for row, columns in table.items():
        for column, people in columns.items():
            for cell in {(row, column), (row, ALL), (ALL, column), (ALL, ALL)}:
                cells[cell] += people
    return dict(cells)


def protect(tables: Mapping[str, Table]) -> dict[str, set[Cell]]:
    """The cells to hide in each table; the tables break the same people down, so their totals are the same."""
    grids = {name: with_totals(table) for name, table in tables.items()}
    hidden: dict[str, set[Cell]] = {name: _small(cells) for name, cells in grids.items()}
    while True:
        totals = {cell for cells in hidden.values() for cell in cells if cell[1] == ALL}
        for name, cells in grids.items():
            hidden[name] = _closed(cells, hidden[name] | (totals & cells.keys()))
        if totals == {cell for cells in hidden.values() for cell in cells if cell[1] == ALL}:
            return hidden


def _small(cells: Mapping[Cell, int]) -> set[Cell]:
    """1–9 people. An empty cell protects nobody and stays."""
    return {cell for cell, people in cells.items() if 0 < people < SMALL_CELL}


def _closed(cells: Mapping[Cell, int], hidden: set[Cell]) -> set[Cell]:
    """Hide the smallest helpful cell, again and again, until nothing hidden can be computed."""
    hidden = set(hidden)
    while (more := _next(cells, hidden)) is not None:
        hidden.add(more)
    return hidden


def _next(cells: Mapping[Cell, int], hidden: set[Cell]) -> Cell | None:
    for line in _thin_lines(cells, hidden):
        if helper := _smallest(cells, (cell for cell in line if cell not in hidden)):
            return helper
    for side in _sides_of_bridges(hidden):
        across = (
            cell for cell in cells if cell not in hidden and (("row", cell[0]) in side) != (("column", cell[1]) in side)
        )
        if helper := _smallest(cells, across):
            return helper
    return None


def _thin_lines(cells: Mapping[Cell, int], hidden: set[Cell]) -> Iterator[list[Cell]]:
    """Rows and columns whose hidden cells are one alone, or together fewer people than a small cell."""
    for axis in (0, 1):
        lines: dict[str, list[Cell]] = defaultdict(list)
        for cell in cells:
            lines[cell[axis]].append(cell)
        for name in sorted({cell[axis] for cell in hidden}):
            inside = [cell for cell in lines[name] if cell in hidden]
            total_hidden = any(cell[1 - axis] == ALL for cell in inside)
            if len(inside) == 1 or (not total_hidden and sum(cells[cell] for cell in inside) < SMALL_CELL):
                yield lines[name]


def _smallest(cells: Mapping[Cell, int], candidates: Iterable[Cell]) -> Cell | None:
    """The smallest cell with people in it; totals only where nothing else is left."""
    filled = [cell for cell in candidates if cells[cell]]
    return min(filled, key=lambda cell: (ALL in cell, cells[cell], cell), default=None)


def _sides_of_bridges(hidden: set[Cell]) -> Iterator[set[Point]]:
    """For each hidden cell that lies on no cycle: the points on its row's side once it is taken away.

    Exactly these cells follow from the published ones; any cell hidden across the gap puts them on a cycle.
    """
    for cell in sorted(hidden):
        side = _reached(hidden - {cell}, ("row", cell[0]))
        if ("column", cell[1]) not in side:
            yield side


def _reached(edges: set[Cell], start: Point) -> set[Point]:
    neighbours: dict[Point, list[Point]] = defaultdict(list)
    for row, column in edges:
        neighbours["row", row].append(("column", column))
        neighbours["column", column].append(("row", row))
    seen, waiting = {start}, [start]
    while waiting:
        new = [point for point in neighbours[waiting.pop()] if point not in seen]
        seen.update(new)
        waiting += new
    return seen
