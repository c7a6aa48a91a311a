"""The rooms of the feeds know each other in one direction, or a newcomer must read all of them to change one."""

import ast
from pathlib import Path

import pytest

WORKERS = Path(__file__).resolve().parents[3] / "workers"
# What a room may not know: the other half of the work, and who stands on it.
STRANGERS = {
    "feeds/reading": {"workers.feeds.writing", "workers.ranking", "workers.expiring"},
    "feeds/writing": {"workers.feeds.reading", "workers.ranking", "workers.expiring"},
    "feeds": {"workers.ranking", "workers.expiring"},
}


def imported(path):
    """Every module or name that a file imports, as a whole path."""
    package = path.relative_to(WORKERS.parent).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            above = list(package[: len(package) - node.level + 1]) if node.level else []
            yield from (".".join([*above, *filter(None, [node.module]), name.name]) for name in node.names)


@pytest.mark.parametrize("room", STRANGERS)
def test_a_room_does_not_know_its_strangers(room):
    files = sorted((WORKERS / room).glob("*.py"))
    assert len(files) > 5
    known = {(path.name, name) for path in files for name in imported(path)}
    assert {what for what in known if any(f"{what[1]}.".startswith(f"{other}.") for other in STRANGERS[room])} == set()
    assert any(name.startswith("workers.") for _file, name in known)
