"""Who stated each value of the population and when, as PostgreSQL's binary COPY reads it."""

import struct
from datetime import UTC, datetime, timedelta

import numpy as np

from core.calendar import local_day

from ..enums import Source
from ..indicators import BY_CODE, COUNT, INDICATORS, Indicator, Kind
from ..precedence import day_number
from .details import Columns

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_INT2 = 21  # PostgreSQL's type number
_ZERO = datetime(2000, 1, 1, tzinfo=UTC)  # of PostgreSQL's own clock
_SHADES = 256  # of a byte: fine enough to choose between four sources


def provenance(
    rng: np.random.Generator, columns: Columns, unknown: dict[str, np.ndarray], ids: np.ndarray, at: datetime
) -> bytes:
    """Rows of worker, sources, observed and moment of verification."""
    sources = drawn_sources(rng, columns, unknown, len(ids))
    observed = drawn_days(rng, sources, at)
    last = BY_CODE["last_verified"].number - 1
    observed[:, last] = observed.max(axis=1)
    sources[:, last] = int(Source.COMPUTED)
    return _binary(ids, sources, observed, at)


def drawn_sources(rng: np.random.Generator, columns: Columns, unknown: dict[str, np.ndarray], size: int) -> np.ndarray:
    """Per person and indicator who stated it; 0 where nothing is known."""
    shades = rng.integers(_SHADES, size=(COUNT, size), dtype=np.uint8)
    table = np.zeros((size, COUNT), dtype=np.int16)
    for indicator in INDICATORS:
        known = _known(columns, unknown, indicator)
        if known is not False:
            place = indicator.number - 1
            table[:, place] = np.where(known, _stating(indicator)[shades[place]], 0)
    return table


def drawn_days(rng: np.random.Generator, sources: np.ndarray, at: datetime) -> np.ndarray:
    """One day per person and source, as a yearly data exchange would give; 0 without a source."""
    days = day_number(local_day(at)) - rng.integers(5, 500, (len(sources), max(Source) + 1))
    days[:, 0] = 0
    return np.take_along_axis(days, sources.astype(np.int64), axis=1).astype(np.int16)


def _stating(indicator: Indicator) -> np.ndarray:
    """A table of sources to draw from: a department where one may, workers and brokers for the rest."""
    allowed = indicator.updated_by
    department = int(indicator.department if indicator.department.is_department else Source.HUMAN_RESOURCES)
    weights = {department: 6 * ("D" in allowed), int(Source.WORKER): 3 * ("W" in allowed)}
    weights |= {int(Source.BROKER): 1 * ("B" in allowed), int(Source.COMPUTED): 20 * ("X" in allowed)}
    edges = np.cumsum(list(weights.values())) * _SHADES / sum(weights.values())
    return np.array(list(weights), dtype=np.int16)[np.searchsorted(edges, np.arange(_SHADES), side="right")]


def _known(columns: Columns, unknown: dict[str, np.ndarray], indicator: Indicator) -> np.ndarray | bool:
    if indicator.kind == Kind.SEALED:
        return True
    if not indicator.columns or indicator.column not in columns:
        return False
    values = columns[indicator.column]
    known = (values != "") & (values != "{}") if values.dtype.kind == "U" else np.full(len(values), True)
    return known & ~unknown[indicator.column] if indicator.column in unknown else known


def _binary(ids: np.ndarray, sources: np.ndarray, observed: np.ndarray, at: datetime) -> bytes:
    """The same row for everybody, in which only the key and the two arrays' items are filled in."""
    form = np.frombuffer(_form(at), dtype=">i2")
    table = np.tile(form, (len(ids), 1))
    key = 3  # in pairs of bytes: after the number of fields and the key's length
    table[:, key : key + 4] = ids.astype(">i8").view(">i2").reshape(-1, 4)
    first = key + 4 + _HEAD // 2
    for place, values in ((first, sources), (first + len(_array()) // 2, observed)):
        items = table[:, place : place + 3 * COUNT].reshape(len(ids), COUNT, 3)
        items[:, :, 2] = values
        table[:, place : place + 3 * COUNT] = items.reshape(len(ids), -1)
    return _HEADER + table.tobytes() + _TRAILER


_HEAD = 6 * 4  # of an array: its length, dimensions, whether it holds NULL, type, size and first index


def _array() -> bytes:
    """A smallint[] whose items are 0."""
    item = struct.pack(">ih", 2, 0)
    return struct.pack(">6i", _HEAD - 4 + COUNT * len(item), 1, 0, _INT2, COUNT, 1) + item * COUNT


def _form(at: datetime) -> bytes:
    """A row of worker 0, stated by nobody, verified at this moment."""
    moment = (at - _ZERO) // timedelta(microseconds=1)
    return struct.pack(">hiq", 4, 8, 0) + _array() * 2 + struct.pack(">iq", 8, moment)
