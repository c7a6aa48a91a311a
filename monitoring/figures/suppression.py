"""Keeping small numbers of people out of published tables, and out of what can be computed from them.

A table is districts × categories with its totals in both directions, and totals are published too. So a hidden
cell follows from the others wherever it is alone in its row or column. More generally: draw rows and columns as
points and every hidden cell as a line between its row and its column; a cell can be computed exactly if and only
if its line is a bridge (it lies on no cycle). `protect` hides more cells until no bridge is left, until the hidden
cells of a row or column hold at least SMALL_CELL people together, and does so for all tables that share the
districts' totals at once.

Publications are also read beside each other: the month before, the version before. Whoever knows that a number has not
changed puts the one that was published in the place of the one that is hidden. Against that, for each earlier
publication: a number that was small then stays hidden; every number that is small in one of the two and hidden in
both lies on a cycle of cells that are hidden in both; a number that has become small lies on a cycle of cells that
have changed. Along the first kind of cycle people can be moved in both tables alike, along the second in the new
one alone, and no published number tells. This can always be reached: what is hidden in one table has cycles, and
what changed does, because every line of changes sums to nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..enums import SMALL_CELL
from .cycles import bridges, side_of

ALL = "all"  # the row of the city, the column of a district's total

Cell = tuple[str, str]  # (row, column)
Table = Mapping[str, Mapping[str, int]]  # row → column → people, without totals
Numbers = Mapping[Cell, int]  # totals included


class Told(NamedTuple):
    """An earlier publication of a table: the numbers as they were, and which of them it hid."""

    numbers: Numbers
    hidden: frozenset[Cell]


class _View(NamedTuple):
    """One way to look at a table: the hidden cells that hide in this light, those that must not be computed from the
    rest, and those that may be hidden besides."""

    lines: set[Cell]
    secret: set[Cell]
    helpers: set[Cell]


class Guard:
    """Protects the tables of one report beside earlier publications, and keeps how it did so."""

    def __init__(self, past: Sequence[Mapping[str, Told]] = ()) -> None:
        self.past = past
        self.tables: dict[str, tuple[Table, set[Cell]]] = {}

    def hide(self, tables: Mapping[str, Table]) -> dict[str, set[Cell]]:
        """The cells to hide in tables that break the same people down."""
        hidden = protect(tables, self.past)
        self.tables |= {name: (table, hidden[name]) for name, table in tables.items()}
        return hidden

    def hide_inside(self, name: str, table: Table) -> set[Cell]:
        """Hide everything but the totals of a table's columns."""
        hidden = {cell for cell in with_totals(table) if cell[0] != ALL}
        self.tables[name] = table, hidden
        return hidden


def with_totals(table: Table) -> dict[Cell, int]:
    """All cells of a table, its totals included."""
    cells: dict[Cell, int] = defaultdict(int)
    for row, columns in table.items():
        for column, people in columns.items():
            for cell in {(row, column), (row, ALL), (ALL, column), (ALL, ALL)}:
                cells[cell] += people
    return dict(cells)


def protect(tables: Mapping[str, Table], past: Sequence[Mapping[str, Told]] = ()) -> dict[str, set[Cell]]:
    """The cells to hide in each table; the tables break the same people down, so their totals are the same.

    `past` holds the publications beside which the new one will be read, each with its tables by name.
    """
    grids = {name: with_totals(table) for name, table in tables.items()}
    earlier = {name: [told[name] for told in past if name in told] for name in tables}
    hidden = {name: _first(cells, earlier[name]) for name, cells in grids.items()}
    while True:
        totals = {cell for cells in hidden.values() for cell in cells if cell[1] == ALL}
        for name, cells in grids.items():
            hidden[name] = _closed(cells, hidden[name] | (totals & cells.keys()), earlier[name])
        if totals == {cell for cells in hidden.values() for cell in cells if cell[1] == ALL}:
            return hidden


def small(cells: Numbers) -> set[Cell]:
    """1–9 people. An empty cell protects nobody and stays."""
    return {cell for cell, people in cells.items() if 0 < people < SMALL_CELL}


def _first(cells: Numbers, earlier: Iterable[Told]) -> set[Cell]:
    """What is small, and what was small and hidden in a publication before."""
    was_small = {cell for told in earlier for cell in small(told.numbers) & told.hidden}
    return small(cells) | (was_small & cells.keys())


def _closed(cells: Numbers, hidden: set[Cell], earlier: Sequence[Told]) -> set[Cell]:
    """Hide the most helpful cell, again and again, until nothing secret can be computed in any light."""
    hidden, known_to_hide = set(hidden), {cell for told in earlier for cell in told.hidden}
    while (more := _next(cells, hidden, earlier, known_to_hide)) is not None:
        hidden.add(more)
    return hidden


def _next(cells: Numbers, hidden: set[Cell], earlier: Sequence[Told], preferred: set[Cell]) -> Cell | None:
    for view in _views(cells, hidden, earlier):
        for line in _thin_lines(cells, view):
            if helper := _best(cells, (cell for cell in line if cell in view.helpers), preferred):
                return helper
        for cell in sorted(bridges(view.lines) & view.secret):
            side = side_of(cell, view.lines)
            across = (c for c in view.helpers if (("row", c[0]) in side) != (("column", c[1]) in side))
            if helper := _best(cells, across, preferred):
                return helper
    return None


def _views(cells: Numbers, hidden: set[Cell], earlier: Sequence[Told]) -> Iterator[_View]:
    """The table by itself, then beside each earlier publication."""
    yield _View(lines=hidden, secret=hidden, helpers={cell for cell in cells if cells[cell] and cell not in hidden})
    now_small = small(cells)
    for told in earlier:
        both = hidden & told.hidden
        secret = (small(told.numbers) | now_small) & both
        yield _View(lines=both, secret=secret, helpers=(told.hidden & cells.keys()) - hidden)
        changed = {cell for cell in cells if told.numbers.get(cell) != cells[cell]}
        yield _View(lines=hidden & changed, secret=(now_small & changed) - told.hidden, helpers=changed - hidden)


def _thin_lines(cells: Numbers, view: _View) -> Iterator[list[Cell]]:
    """Rows and columns of secrets whose hidden cells are one alone, or together fewer people than a small cell."""
    for axis in (0, 1):
        lines: dict[str, list[Cell]] = defaultdict(list)
        for cell in cells:
            lines[cell[axis]].append(cell)
        for name in sorted({cell[axis] for cell in view.secret}):
            inside = [cell for cell in lines[name] if cell in view.lines]
            total_hidden = any(cell[1 - axis] == ALL for cell in inside)
            if len(inside) == 1 or (not total_hidden and sum(cells[cell] for cell in inside) < SMALL_CELL):
                yield lines[name]


def _best(cells: Numbers, candidates: Iterable[Cell], preferred: set[Cell]) -> Cell | None:
    """What was hidden before, else the smallest cell with people in it; totals only where nothing else is left."""
    return min(
        candidates,
        key=lambda cell: (ALL in cell, cell not in preferred, not cells[cell], cells[cell], cell),
        default=None,
    )
