"""Columns as the text that COPY reads, without touching single values in Python.

Each column becomes an array of byte strings that numpy pads with NUL to the width of the longest. All of them side by
side, with tabs between, are the rows once the NULs are deleted; no text of the registry holds a NUL.
"""

import numpy as np

NULL = b"\\N"
_BLOCK = 2_000  # rows that stay in the processor's cache while their columns are filled in
_HEX = np.array([f"{byte:02x}".encode() for byte in range(256)], dtype="S2").view(np.uint8).reshape(256, 2)
_FIRST_DAY = np.datetime64("1900-01-01", "D")
_TENTHS = np.array([f"{tenths / 10:.1f}".encode() for tenths in range(10_001)])
_DAYS = np.datetime_as_string(np.arange(_FIRST_DAY, np.datetime64("2100-01-01", "D"))).astype("S10")


def digits(numbers: np.ndarray, width: int) -> np.ndarray:
    """Non-negative integers as `width` ASCII digits each, one row per number."""
    table, rest = np.empty((len(numbers), width), dtype=np.uint8), numbers.astype(np.int64)
    for place in range(width - 1, -1, -1):
        rest, table[:, place] = np.divmod(rest, 10)
    return table + np.uint8(ord("0"))


def texts(values: np.ndarray) -> np.ndarray:
    """Byte strings of codes, words, whole numbers, areas with one decimal, days, or yes and no."""
    kind = values.dtype.kind
    if kind == "S":
        return values
    if kind == "b":
        return np.where(values, b"t", b"f")
    if kind == "M":
        return _DAYS[(values - _FIRST_DAY).astype(np.int64)]
    if kind == "f":
        return _TENTHS[np.rint(values * 10).astype(np.int64)]
    if kind in "iu":
        return _whole(values)
    characters = np.ascontiguousarray(values).view(np.uint32).reshape(len(values), -1)
    if characters.max(initial=0) < 128:
        return _strings(characters.astype(np.uint8))
    return np.char.encode(values, "utf-8")


def _whole(values: np.ndarray) -> np.ndarray:
    """Integers without leading zeros; what stands in front of the first digit is left to be deleted."""
    width = len(str(values.max(initial=0)))
    table = digits(values, width)
    leading = np.cumsum(table != ord("0"), axis=1) == 0
    leading[:, -1] = False
    table[leading] = 0
    return table.view(f"S{width}").ravel()


def bytea(table: np.ndarray) -> np.ndarray:
    """Rows of bytes as PostgreSQL's hex form, escaped for COPY."""
    text = _hex(table)
    head = np.broadcast_to(np.frombuffer(b"\\\\x", dtype=np.uint8), (len(table), 3))
    return _strings(np.hstack([head, text]))


def uuids(table: np.ndarray) -> np.ndarray:
    """Sixteen bytes a row as hexadecimal digits."""
    return _strings(_hex(table))


def _hex(table: np.ndarray) -> np.ndarray:
    return _HEX[table].reshape(len(table), -1)


def _strings(table: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(table).view(f"S{table.shape[1]}").ravel()


def rows(columns: list[np.ndarray], between: str = "\t") -> bytes:
    """The text of all rows. A leading zero byte inside a number, see `_whole`, goes with the padding."""
    size = len(columns[0])
    cells = [column.view(np.uint8).reshape(size, -1) for column in map(np.ascontiguousarray, columns)]
    return b"".join(_block([cell[at : at + _BLOCK] for cell in cells], between) for at in range(0, size, _BLOCK))


def _block(cells: list[np.ndarray], between: str) -> bytes:
    table = np.full((len(cells[0]), sum(cell.shape[1] + 1 for cell in cells)), ord(between), dtype=np.uint8)
    at = 0
    for cell in cells:
        table[:, at : at + cell.shape[1]] = cell
        at += cell.shape[1] + 1
    table[:, -1] = ord("\n")
    return table.tobytes().translate(None, b"\0")
