"""Hidden cells as lines between their rows and columns: which of them lie on no cycle.

A cell that lies on a cycle can be any number: people move along the cycle, one more here, one fewer there, and no sum
changes. One that lies on none is a bridge, and follows from the sums.
"""

from collections import defaultdict

Cell = tuple[str, str]
Point = tuple[str, str]  # ("row", row) or ("column", column)


def _ends(cell: Cell) -> tuple[Point, Point]:
    return ("row", cell[0]), ("column", cell[1])


def _neighbours(lines: set[Cell]) -> dict[Point, list[tuple[Point, Cell]]]:
    found: dict[Point, list[tuple[Point, Cell]]] = defaultdict(list)
    for cell in sorted(lines):
        row, column = _ends(cell)
        found[row].append((column, cell))
        found[column].append((row, cell))
    return found


def bridges(lines: set[Cell]) -> set[Cell]:
    """The lines on no cycle, in one walk (Tarjan 1974): those over which no later point reaches back."""
    neighbours, order, lowest, found = _neighbours(lines), {}, {}, set()
    for start in sorted(neighbours):
        if start in order:
            continue
        order[start] = lowest[start] = len(order)
        walk: list[tuple[Point, Cell | None, int]] = [(start, None, 0)]
        while walk:
            point, came_by, tried = walk.pop()
            if tried < len(neighbours[point]):
                walk.append((point, came_by, tried + 1))
                other, cell = neighbours[point][tried]
                if cell == came_by:
                    continue
                if other in order:
                    lowest[point] = min(lowest[point], order[other])
                else:
                    order[other] = lowest[other] = len(order)
                    walk.append((other, cell, 0))
            elif walk and came_by is not None:
                parent = walk[-1][0]
                lowest[parent] = min(lowest[parent], lowest[point])
                if lowest[point] > order[parent]:
                    found.add(came_by)
    return found


def side_of(cell: Cell, lines: set[Cell]) -> set[Point]:
    """The points on the row's side of a bridge once it is taken away; any line across the gap puts it on a cycle."""
    neighbours = _neighbours(lines - {cell})
    start = _ends(cell)[0]
    seen, waiting = {start}, [start]
    while waiting:
        new = [point for point, _line in neighbours[waiting.pop()] if point not in seen]
        seen.update(new)
        waiting += new
    return seen
