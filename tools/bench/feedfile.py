"""A department's file about the loaded population, with known shares of changes, new people, errors and lower values.

`python -m tools.bench.feedfile OUT.csv --people 7910000 --rows 1000000` writes what 人社 might deliver: UTF-8, commas,
twenty indicators. Who people are and what the registry holds of them comes from the population's generator, so nothing
is decrypted and the same seed gives the same file. The file must be about the day on which the population was loaded.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from workers.demo.population import Generator

# What 人社 states: its own indicators, and some of which another department's word counts more.
OWN = (
    "skill_level", "training_count", "employment_status", "contract_type", "job_start", "wage_method", "wage_cycle",
    "payroll_account", "pension_type", "pension_months", "work_injury", "unemployment_ins", "social_card",
    "assistance_class",
)  # fmt: skip
OTHERS = ("full_name", "hukou_type", "hukou_division", "residence_division", "marital_status", "education")
COLUMNS = ("id_number", *OTHERS, *OWN)
NEW, ERRORS, LOWER, CHANGED = 0.02, 0.01, 0.03, 0.15
AGREES, CHANGE, LOWER_VALUE, ERROR = range(4)
# What a changed row says instead; of two codes the other one.
_TURNS = {
    "employment_status": "21",
    "social_card": "21",
    "payroll_account": "21",
    "work_injury": "02",
    "pension_type": "13",
}
_COUNTS = ("training_count", "pension_months")
_CHANGES = (*_TURNS, *_COUNTS)
_SECOND = 0.3  # of the changed rows change a second value
_PIECE = 20_000


@dataclass(frozen=True)
class Written:
    """What stands in the file, by what should become of each row."""

    rows: int
    agreed: int
    changed: int
    lower: int
    errors: int
    new: int
    seconds: float


def write(
    path: Path, generator: "Generator", people: int, rows: int, *, seed: int = 1, processes: int | None = None
) -> Written:
    """Write `rows` rows about a population of `people` that this generator drew."""
    from workers import spawned
    from workers.demo.bulk import cores

    began = perf_counter()
    pieces = list(_pieces(generator, people, rows))
    counts = np.zeros(ERROR + 1, dtype=np.int64)
    with open(path, "wb") as file:
        file.write((",".join(headers()) + "\n").encode())
        for text, kinds in spawned.ordered(processes or cores(), piece, [(generator, seed, *one) for one in pieces]):
            file.write(text)
            counts += kinds
    new = sum(rows for _number, _size, rows, is_new in pieces if is_new)
    return Written(
        rows,
        int(counts[AGREES]) - new,
        int(counts[CHANGE]),
        int(counts[LOWER_VALUE]),
        int(counts[ERROR]),
        new,
        perf_counter() - began,
    )


def headers() -> list[str]:
    """The columns' names as the department writes them."""
    from workers.enums import Source
    from workers.feeds.reading import profiles

    names = {feed.column: feed.headers[0] for feed in profiles.of(Source.HUMAN_RESOURCES).columns}
    return [names[column] for column in COLUMNS]


def _pieces(generator: "Generator", people: int, rows: int) -> Iterator[tuple[int, int, int, bool]]:
    """(chunk, its size, how many rows of it, whether they are new): people from all over, then those nobody knows."""
    from workers.demo import numbers
    from workers.demo.writing import chunks

    new = round(rows * NEW)
    known, done = rows - new, 0
    for number, size in chunks(people, generator):
        upto = known * (number * generator.chunk + size) // people
        if upto > done:
            yield number, size, upto - done, False
        done = upto
    # The last chunk that the numbers allow is left to whoever registers during a benchmark.
    for place, first in enumerate(range(0, new, _PIECE)):
        size = min(_PIECE, new - first)
        yield numbers.CHUNKS - 2 - place, size, size, True


def piece(
    generator: "Generator", seed: int, number: int, size: int, rows: int, is_new: bool
) -> tuple[bytes, np.ndarray]:
    """The text of some people of one chunk, and how many rows there are of each kind."""
    rng = generator.rng(number, f"feed {seed}")
    columns, unknown = generator.draw(number, size), generator.unknown(number, size)
    who = rng.choice(size, rows, replace=False)
    cells = {name: columns[name][who] for name in COLUMNS}
    silent = {name: unknown[name][who] for name in COLUMNS if name in unknown}
    kinds = np.full(rows, AGREES)
    if not is_new:
        shares = np.cumsum([CHANGED, LOWER, ERRORS]) / (1 - NEW)
        kinds = np.array([CHANGE, LOWER_VALUE, ERROR, AGREES])[np.searchsorted(shares, rng.random(rows), side="right")]
    _change(rng, cells, silent, kinds == CHANGE)
    _contradict(rng, cells, kinds == LOWER_VALUE)
    texts = _texts(cells, silent)
    _spoil(rng, texts, kinds == ERROR)
    from workers.demo import text

    return text.rows([texts[name] for name in COLUMNS], ","), np.bincount(kinds, minlength=ERROR + 1)


def _change(rng: np.random.Generator, cells: dict, silent: dict, rows: np.ndarray) -> None:
    """One or two values of the department's own differ from what the registry holds."""
    first = rng.integers(len(_CHANGES), size=len(rows))
    second = (first + 1 + rng.integers(len(_CHANGES) - 1, size=len(rows))) % len(_CHANGES)
    two = rng.random(len(rows)) < _SECOND
    for place, name in enumerate(_CHANGES):
        here = rows & ((first == place) | (two & (second == place)))
        if name in _COUNTS:
            cells[name] = cells[name] + here
        else:
            usual, other = _TURNS[name]
            turned = np.where(cells[name] == usual, other, usual)
            cells[name] = np.where(here, turned, cells[name])
        if name in silent:
            silent[name] = silent[name] & ~here


def _contradict(rng: np.random.Generator, cells: dict, rows: np.ndarray) -> None:
    """The police's word on name and kind of household registration counts more than this."""
    name = rows & (rng.random(len(rows)) < 0.5)
    given = cells["full_name"]
    cells["full_name"] = np.where(name, np.where(np.roll(given, 1) == given, "张三丰", np.roll(given, 1)), given)
    cells["hukou_type"] = np.where(rows & ~name, np.where(cells["hukou_type"] == "1", "3", "1"), cells["hukou_type"])


def _texts(cells: dict, silent: dict) -> dict[str, np.ndarray]:
    """Cells as text; nothing where the registry knows nothing, so that such a row agrees."""
    from workers.demo import text

    found = {}
    for name, values in cells.items():
        if name == "unemployment_ins":
            values = np.where(values, "是", "否")
        found[name] = text.texts(values)
        if name in silent:
            found[name] = np.where(silent[name], b"", found[name])
    return found


def _spoil(rng: np.random.Generator, texts: dict[str, np.ndarray], rows: np.ndarray) -> None:
    """A wrong check character, an ID number that a spreadsheet cut, an unknown code, a day that has not come."""
    kind = np.where(rows, rng.integers(4, size=len(rows)), -1)
    number = texts["id_number"]
    # The check character of a number is its own; a 1 for an X and an X for anything else is wrong.
    wrong = np.strings.add(number.astype("S17"), np.where(np.strings.endswith(number, b"X"), b"1", b"X"))
    texts["id_number"] = np.select([kind == 0, kind == 1], [wrong, np.full(len(rows), b"5.1E+17")], number)
    texts["pension_type"] = np.where(kind == 2, b"77", texts["pension_type"])
    texts["job_start"] = np.where(kind == 3, b"2099-01-01", texts["job_start"])


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.bench.feedfile", description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--people", type=int, required=True, help="size of the loaded population")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument(
        "--loaded", type=datetime.fromisoformat, help="moment of loading (default: as the registry says)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the population")
    parser.add_argument("--file-seed", type=int, default=1, help="of the file")
    options = parser.parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    from workers import demo

    from . import standing

    at = options.loaded or standing.loaded_at()
    generator = demo.generator(rng_seed=options.seed, at=at)
    print(write(options.path, generator, options.people, options.rows, seed=options.file_seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
