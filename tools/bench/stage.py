"""What a measure works on: a scale, and ways to time things the same way everywhere."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .rows import Row, Target, percentile

if TYPE_CHECKING:
    from workers.demo.population import Generator

Measure = Callable[["Stage"], Iterator[Row]]


WHOLE_CITY = 7_910_000


@dataclass
class Stage:
    """One scale on a database of its own, loaded once. `memory` hands results from one measure to the next.

    `at` is the moment of loading: with seed and scale it says who everybody is (see `population`).
    """

    scale: int
    seed: int
    at: datetime
    processes: int | None = None
    memory: dict[str, Any] = field(default_factory=dict)

    @property
    def is_whole_city(self) -> bool:
        return self.scale == WHOLE_CITY

    @property
    def generator(self) -> "Generator":
        """Draws the very people that were loaded."""
        from workers import demo

        if "generator" not in self.memory:
            self.memory["generator"] = demo.generator(rng_seed=self.seed, at=self.at)
        return self.memory["generator"]

    def row(self, name: str, value: float, unit: str, **more: Any) -> Row:
        return Row(name=name, scale=self.scale, value=value, unit=unit, **more)

    def latencies(
        self,
        name: str,
        taken: list[float],
        *,
        target: Target | None = None,
        bare: list[float] | None = None,
        **more: Any,
    ) -> Iterator[Row]:
        """Rows for the middle and the 95th percentile of seconds, in milliseconds; the target is the latter's."""
        for percent in (50, 95):
            yield self.row(
                f"{name}.p{percent}",
                1000 * percentile(taken, percent),
                "ms",
                baseline=1000 * percentile(bare, percent) if bare else None,
                target=target if percent == 95 else None,
                **more,
            )


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
