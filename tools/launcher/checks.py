"""`check` and `fix`: what a reviewer would otherwise repeat."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from . import environment, processes, venv
from .places import ROOT, main_places
from .say import say
from .servers import Throwaway

_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\#]+)")
_ADDRESS = re.compile(r"--(?:extra-)?index-url|--find-links|://")


def fix(_words: Sequence[str]) -> int:
    """Put right what can be put right without thinking."""
    ruff = [venv.ensure(main_places()), "-m", "ruff"]
    env = environment.for_children({})
    return _all(
        {
            "ruff check --fix": lambda: _run([*ruff, "check", "--fix", "."], env),
            "ruff format": lambda: _run([*ruff, "format", "."], env),
        }
    )


def check(_words: Sequence[str]) -> int:
    """Run every check that needs no test, all of them, also after one has failed."""
    python = venv.ensure(main_places())
    with Throwaway("check", venv.VENV) as stack:
        env = stack.environment()
        live = {**env, **_production()}
        ruff, manage = [python, "-m", "ruff"], [python, ROOT / "manage.py"]
        return _all(
            {
                "ruff check": lambda: _run([*ruff, "check", "."], env),
                "ruff format --check": lambda: _run([*ruff, "format", "--check", "."], env),
                "requirements.txt": _lock_is_whole,
                "manage.py check": lambda: _run([*manage, "check", "--fail-level", "WARNING"], env),
                "manage.py makemigrations --check": lambda: _run(
                    [*manage, "makemigrations", "--check", "--dry-run"], env
                ),
                "manage.py check --deploy (production settings)": lambda: _run(
                    [*manage, "check", "--deploy", "--fail-level", "WARNING"], live
                ),
            }
        )


def _production() -> dict[str, str]:
    """Return settings as a real installation has them: DEBUG off, keys of its own."""
    secrets = environment.new_secrets()
    secrets.pop("STACK")
    return {**secrets, "DEBUG": "0", "ALLOWED_HOSTS": "portal.example"}


def _all(steps: Mapping[str, Callable[[], int]]) -> int:
    failed = []
    for name, step in steps.items():
        say(f"— {name}")
        if step():
            failed.append(name)
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nAll well.")
    return 1 if failed else 0


def _run(argv: Sequence[str | Path], env: Mapping[str, str]) -> int:
    return processes.run_in_foreground(argv, env=env)


def _lock_is_whole() -> int:
    faults = lock_faults((ROOT / "requirements.in").read_text(), venv.REQUIREMENTS.read_text())
    for fault in faults:
        say(fault)
    return len(faults)


def lock_faults(wanted: str, locked: str) -> list[str]:
    """Say where the lock does not match its source, lacks a hash, or names the index of some machine."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", locked)
    pins = {found[1].lower(): (found[2], entry) for entry in entries if (found := _PINNED.match(entry))}
    faults = [f"requirements.txt: {name} has no hash" for name, (_, entry) in pins.items() if "--hash=" not in entry]
    faults += [f"requirements.txt names an index: {line}" for line in locked.splitlines() if _ADDRESS.search(line)]
    for line in wanted.splitlines():
        if found := _PINNED.match(line):
            name, version = found[1].lower(), found[2]
            if pins.get(name, (None,))[0] != version:
                faults.append(f"requirements.txt does not hold {name}=={version}; lock again")
            if "#" not in line:
                faults.append(f"requirements.in does not say why {name} is needed")
    return faults
