"""`python -m tools.bench [--scale 20000,200000]`: measure, print a table, write var/bench.json.

`SCALE` in the environment chooses, too: nothing for a fortieth of the city, `full` for the whole city, which also
rewrites docs/benchmarks.md.

Run it through `python3 tools/dev.py bench`, which starts a database for it. Each scale is loaded and measured by
processes of its own on a copy of the empty database. All scales are loaded first; then the server may be restarted with
other settings (`--phase`), and each scale begins with reading its registry into the server's memory.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from . import growth, scratch, table

ROOT = Path(__file__).resolve().parents[2]
# The demonstration and a fortieth of the city; the demonstration, a tenth and all of the city, whose ratio is growth.
PHASES = ("load", "measure")
SCALES = {"": "20000,197750", "full": "20000,791000,7910000"}


def _arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__.splitlines()[0])
    wanted = os.environ.get("SCALE", "")
    parser.add_argument("--scale", default=wanted, help="workers, comma-separated, or full (default: 20000,197750)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the population (default: %(default)s)")
    parser.add_argument("--processes", type=int, default=0, help="that load the population (default: one per core)")
    parser.add_argument("--only", default="", help="names of measures, comma-separated, see tools/bench/measures")
    parser.add_argument("--output", default=os.environ.get("BENCH_OUTPUT") or str(ROOT / "var" / "bench.json"))
    parser.add_argument("--phase", choices=PHASES, default="", help="only load, or only measure what was loaded")
    parser.add_argument("--on", default="", metavar="URL", help="a database loaded with --scale people; it changes")
    parser.add_argument("--docs", action="store_true", help="also rewrite docs/benchmarks.md from this run")
    options = parser.parse_args(words)
    options.docs |= options.scale == "full" and not options.on
    options.scale = SCALES.get(options.scale, options.scale)
    if options.on and not options.scale.isdecimal():
        parser.error("--on needs --scale: for how many people the database was loaded")
    return options


def _load(url: str, options: argparse.Namespace) -> None:
    """Load every scale into a database of its own, and keep what that showed for the second phase."""
    scratch.refuse_unless_empty(url)
    found = {
        scale: _in_its_own_process(scale, scratch.copy_of(url, scale), options, only="load", loaded=False)
        for scale in options.scale.split(",")
    }
    _loaded(options).write_text(json.dumps(found))


def _measure(url: str, options: argparse.Namespace) -> list[dict]:
    """Measure every scale that was loaded, and drop its database."""
    before = json.loads(_loaded(options).read_text())
    _loaded(options).unlink()
    found = []
    for scale, loading in before.items():
        if not options.only or "load" in options.only.split(","):
            found.append(loading)
        if options.only != "load":
            found.append(_in_its_own_process(scale, scratch.address(url, scale), options, loaded=True))
        scratch.drop(url, scale)
    return found


def _loaded(options: argparse.Namespace) -> Path:
    path = Path(options.output).with_suffix(".loaded.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _in_its_own_process(
    scale: str, database: str, options: argparse.Namespace, *, only: str | None = None, loaded: bool
) -> dict:
    """What was found comes back through a file: rows, what failed, and how long it took."""
    only = options.only if only is None else only
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.json"
        told = [scale, options.seed, options.processes, only, found, int(loaded)]
        command = [sys.executable, "-m", "tools.bench.one", *map(str, told)]
        subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "DATABASE_URL": database})
        return json.loads(found.read_text())


def main(words: list[str] | None = None) -> int:
    options = _arguments(words)
    url = options.on or os.environ.get("DATABASE_URL")
    if not url:
        print("DATABASE_URL is not set. Use: python3 tools/dev.py bench", file=sys.stderr)
        return 2
    if options.on and options.phase == "load":
        return 0
    try:
        if not options.on and options.phase != "measure":
            _load(url, options)
        if options.phase == "load":
            return 0
        found = (
            [_in_its_own_process(options.scale, url, options, loaded=True)] if options.on else _measure(url, options)
        )
    except (scratch.NotEmpty, subprocess.CalledProcessError, ValueError) as problem:
        print(f"bench: {problem}", file=sys.stderr)
        return 1
    rows = [row for one in found for row in one["rows"]]
    rows += growth.rows(rows)
    failed = [sentence for one in found for sentence in one["failed"]]
    output = Path(options.output)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    print(table.text(rows))
    print(f"\n{output}")
    for sentence in failed:
        print(f"not measured: {sentence}", file=sys.stderr)
    if options.docs:
        minutes = sum(one["seconds"] for one in found) / 60
        (ROOT / "docs" / "benchmarks.md").write_text(table.page(rows, failed=failed, minutes=minutes))
    return 0 if not failed and all(row["holds"] is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
