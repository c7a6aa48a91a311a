"""`bench` and `screenshots`: a portal of its own, measured or photographed, then gone."""

import os
from collections.abc import Sequence

from . import chromium, processes, venv
from .places import ROOT, main_places
from .portal import Portal, free_port
from .postgres import KEPT
from .run import start_processes
from .say import Problem, say
from .servers import Throwaway
from .watch import Watch

MEGABYTE = 1 << 20
SMALL_SHARED_MEMORY = 512 * MEGABYTE  # below it, parallel queries run out of /dev/shm


def bench(words: Sequence[str]) -> int:
    """Measure on an empty, migrated database with the memory of this machine: `python -m tools.bench`.

    The city is loaded by a PostgreSQL that leaves room for the loaders, and measured after a restart as one that holds
    the registry in its own memory.
    """
    python = venv.ensure(main_places())
    command = [python, "-m", "tools.bench", *words]
    with Throwaway("bench", venv.VENV, loading_settings(memory(), shared_memory())) as stack:
        portal = Portal(
            stack.places, python, stack.environment(BENCH_OUTPUT=str(stack.main.var / "bench.json")), free_port()
        )
        say("Preparing an empty database for the measurements …")
        portal.manage("migrate", "--no-input", failing="The database could not be brought up to date:")
        if stack.servers.postgres is None:
            return processes.run_in_foreground(command, env=portal.env)
        if code := processes.run_in_foreground([*command, "--phase", "load"], env=portal.env):
            return code
        stack.servers.postgres.restart(serving_settings(memory(), shared_memory()))
        return processes.run_in_foreground([*command, "--phase", "measure"], env=portal.env)


def screenshots(words: Sequence[str]) -> int:
    """Photograph a fresh demo: `python tools/screenshots.py` with BASE_URL and CHROMIUM."""
    main = main_places()
    python = venv.ensure(main)
    browser = chromium.ensure(python, main.log("chromium"))
    if browser is None:
        raise Problem(f"Screenshots need a Chromium. {chromium.HOW_TO_GET_ONE}")
    port = free_port()
    with Throwaway("screenshots", venv.VENV) as stack:
        more = {
            "CHROMIUM": browser,
            "BASE_URL": f"http://127.0.0.1:{port}",
            "SCREENSHOTS": str(main.var / "screenshots"),
        }
        portal = Portal(stack.places, python, stack.environment(**more), port)
        say("Preparing a fresh demo for the pictures …")
        portal.prepare()
        with Watch(portal.places, portal.env) as watch:
            start_processes(portal, watch)
            return processes.run_in_foreground([python, ROOT / "tools" / "screenshots.py", *words], env=portal.env)


def memory() -> int:
    """Return the machine's memory in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def shared_memory() -> int:
    """Return the size of /dev/shm in bytes; 0 where there is none."""
    try:
        size = os.statvfs("/dev/shm")
    except OSError:
        return 0
    return size.f_frsize * size.f_blocks


def loading_settings(total: int, shared: int) -> dict[str, str]:
    """Return PostgreSQL's settings for loading the city, which must fit into 4 GB with everything."""
    little = {"shared_buffers": f"{min(total // MEGABYTE // 4, 1536)}MB", "wal_buffers": "64MB"}
    return {**_settings(total, shared), **little}


def serving_settings(total: int, shared: int) -> dict[str, str]:
    """Return PostgreSQL's settings for a city at work: half of the memory, so that it can hold the registry."""
    return {**_settings(total, shared), "shared_buffers": f"{total // MEGABYTE // 2}MB"}


def _settings(total: int, shared: int) -> dict[str, str]:
    """Return what both need; what is written stays safe, as in production."""
    megabytes = total // MEGABYTE
    settings = {
        **KEPT,
        "effective_cache_size": f"{megabytes * 6 // 10}MB",
        "work_mem": "64MB",
        "maintenance_work_mem": f"{max(64, min(megabytes // 16, 1024))}MB",
        # A department's file writes 4 GB of log; a checkpoint in the middle of it would write whole pages anew.
        "max_wal_size": "16GB",
        "wal_buffers": "256MB",
        "wal_writer_delay": "20ms",
        # Somebody else than the one who imports writes out what is changed.
        "bgwriter_delay": "20ms",
        "bgwriter_lru_maxpages": "4000",
        "bgwriter_lru_multiplier": "4",
        "checkpoint_timeout": "30min",
        "random_page_cost": "1.1",
        "effective_io_concurrency": "32",
    }
    if shared < SMALL_SHARED_MEMORY:
        settings["dynamic_shared_memory_type"] = "mmap"
    return settings
