"""What a benchmark says: one row per figure, in the form of var/bench.json."""

import os
import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

PACKAGES = ("Django", "psycopg2-binary", "gunicorn", "numpy")


@dataclass(frozen=True)
class Target:
    """The limit that the orders set, and on which side of it a value must lie."""

    limit: float
    side: Literal["at most", "at least"]

    def holds(self, value: float) -> bool:
        return value <= self.limit if self.side == "at most" else value >= self.limit


@dataclass(frozen=True)
class Row:
    """A measured value, what the same run measured beside it, and the target where there is one."""

    name: str
    scale: int
    value: float
    unit: str
    baseline: float | None = None
    baseline_is: str = ""
    target: Target | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.baseline if self.baseline else None

    @property
    def holds(self) -> bool | None:
        return self.target.holds(self.value) if self.target else None

    def as_json(self, machine: str, versions: dict[str, str]) -> dict[str, Any]:
        """`target` is a number; `target_side` says whether the value must stay below or above it."""
        return {
            "name": self.name,
            "scale": self.scale,
            "value": significant(self.value),
            "unit": self.unit,
            "baseline": None if self.baseline is None else significant(self.baseline),
            "baseline_is": self.baseline_is,
            "ratio": None if self.ratio is None else significant(self.ratio),
            "target": self.target.limit if self.target else None,
            "target_side": self.target.side if self.target else None,
            "holds": self.holds,
            "machine": machine,
            "versions": versions,
        }


def significant(number: float, digits: int = 4) -> float:
    """Four significant digits; more would be noise."""
    return float(f"{number:.{digits}g}")


def machine() -> str:
    """Processor, cores, memory, and how busy the machine was with other things when the scale began."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{_processor()}, {cores} cores, {gigabytes:.0f} GiB, {platform.system()}, load {os.getloadavg()[0]:.1f}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def versions(server_version: str) -> dict[str, str]:
    """Python, PostgreSQL and the packages that the figures depend on."""
    return {
        "python": platform.python_version(),
        "postgresql": server_version,
        **{name: version(name) for name in PACKAGES},
    }


def percentile(values: list[float], percent: int) -> float:
    """The smallest value that `percent` of all do not exceed."""
    rank = -(-len(values) * percent // 100)  # rounded up
    return sorted(values)[max(rank, 1) - 1]
