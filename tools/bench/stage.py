"""What a measure works on: a scale, and ways to time things the same way everywhere."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .rows import Row

Measure = Callable[["Stage"], Iterator[Row]]


@dataclass
class Stage:
    """One scale on a database of its own. `memory` hands results from one measure to the next."""

    scale: int
    seed: int
    memory: dict[str, Any] = field(default_factory=dict)

    def row(self, name: str, value: float, unit: str, **more: Any) -> Row:
        return Row(name=name, scale=self.scale, value=value, unit=unit, **more)


def seconds(work: Callable[[], Any]) -> float:
    """How long `work` takes once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median_seconds(work: Callable[[], Any], times: int) -> float:
    """The middle of several runs, after one that warms up."""
    work()
    return statistics.median(seconds(work) for _ in range(times))


def query_seconds(statement: str, times: int) -> float:
    """The middle time of a raw statement, its rows fetched."""
    from django.db import connection

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.fetchall()

    return median_seconds(run, times)
