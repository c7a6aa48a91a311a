"""`test`: everything that pytest finds, on servers of its own, beside a running portal."""

import os
from collections.abc import Sequence

from . import chromium, processes, venv
from .places import main_places
from .say import say
from .servers import Throwaway

MOST_PROCESSES = 8
OWN_PARALLEL = ("-n", "--numprocesses", "--pdb", "--trace", "no:xdist")


def test(words: Sequence[str]) -> int:
    """Run the tests; `words` go to pytest."""
    places = main_places()
    python = venv.ensure(places)
    browser = chromium.find() if words else chromium.ensure(python, places.log("chromium"))
    with Throwaway("test", venv.VENV) as stack:
        env = stack.environment(**({"CHROMIUM": browser} if browser else {}))
        arguments = [*parallel(words), *words]
        say(f"pytest {' '.join(arguments)}")
        return processes.run_in_foreground([python, "-m", "pytest", *arguments], env=env)


def parallel(words: Sequence[str]) -> list[str]:
    """Return pytest's options for every core, unless the person chose, or wants a debugger."""
    if any(word.startswith(OWN_PARALLEL) for word in words):
        return []
    return ["-n", str(min(cores(), MOST_PROCESSES)), "--dist", "worksteal"]


def cores() -> int:
    """Count the cores that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
