"""One scale in its own process, started by tools.bench: `-m tools.bench.one SCALE SEED PROCESSES ONLY OUTPUT LOADED`.

LOADED is 1 where the database holds its people already; they are read into the server's memory first, as they are on a
server that was not started a minute ago.
"""

import json
import os
import sys
import time
import traceback
from pathlib import Path


def main(scale: str, seed: str, processes: str, only: str, output: str, loaded: str) -> None:
    os.environ.setdefault("DEBUG", "1")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tools.bench.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from . import rows, standing
    from .measures import MEASURES, NEEDED
    from .stage import Stage

    chosen = set(only.split(",")) if only else set(MEASURES)
    if unknown := chosen - MEASURES.keys():
        sys.exit(f"no such measure: {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server_version = cursor.fetchone()[0]
    is_loaded = loaded == "1"
    at = standing.loaded_at() if is_loaded else timezone.now()
    stage = Stage(scale=int(scale), seed=int(seed), at=at, processes=int(processes) or None)
    needed = set() if is_loaded else NEEDED
    machine, versions = rows.machine(), rows.versions(server_version)
    found = {"rows": [], "failed": [], "seconds": 0.0}
    settings.DEBUG = settings.DEBUG and not is_loaded  # off, as in production, but for making the demo's people
    if is_loaded:
        _warm()
    for name, measure in MEASURES.items():
        if name not in chosen | needed or (is_loaded and name in NEEDED):
            continue
        print(f"{name} · {stage.scale:,} …", file=sys.stderr, flush=True)
        began = time.perf_counter()
        try:
            measured = [row.as_json(machine, versions) for row in measure(stage)]
            found["rows"] += measured if name in chosen else []
        except Exception as problem:  # the other measures of this hour are not thrown away for it
            if name in NEEDED:
                raise
            traceback.print_exc()
            found["failed"].append(f"{name} at {stage.scale:,}: {type(problem).__name__}: {problem}")
        took = time.perf_counter() - began
        found["seconds"] += took
        print(f"{name} · {stage.scale:,} took {took:,.0f} s", file=sys.stderr, flush=True)
        settings.DEBUG = False
    Path(output).write_text(json.dumps(found))


def _warm() -> None:
    from workers.warming import warm

    warmed = warm()
    size, room = warmed.bytes / 1e9, warmed.room_bytes / 1e9
    print(f"warm · {size:.2f} GB of {room:.2f} read in {warmed.seconds:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
