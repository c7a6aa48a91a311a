"""One scale in its own process, started by tools.bench: `-m tools.bench.one SCALE SEED PROCESSES ONLY OUTPUT`."""

import json
import os
import sys
import time
from pathlib import Path


def main(scale: str, seed: str, processes: str, only: str, output: str) -> None:
    os.environ.setdefault("DEBUG", "1")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tools.bench.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from . import rows
    from .measures import MEASURES, NEEDED
    from .stage import Stage

    chosen = set(only.split(",")) if only else set(MEASURES)
    if unknown := chosen - MEASURES.keys():
        sys.exit(f"no such measure: {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server_version = cursor.fetchone()[0]
    stage = Stage(scale=int(scale), seed=int(seed), at=timezone.now(), processes=int(processes) or None)
    found = []
    machine, versions = rows.machine(), rows.versions(server_version)
    for name, measure in MEASURES.items():
        if name not in chosen | NEEDED:
            continue
        print(f"{name} · {stage.scale:,} …", file=sys.stderr, flush=True)
        began = time.perf_counter()
        measured = [row.as_json(machine, versions) for row in measure(stage)]
        print(f"{name} · {stage.scale:,} took {time.perf_counter() - began:,.0f} s", file=sys.stderr, flush=True)
        found += measured if name in chosen else []
        settings.DEBUG = False  # it was needed to make the demo's people, and would slow what follows
    Path(output).write_text(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
