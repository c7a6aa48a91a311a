"""A second run skips what is done, and only that."""

import pytest

from tools.launcher import prepared


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A cluster's folder, beside a checkout with one migration."""
    root = tmp_path / "checkout"
    (root / "jobs" / "migrations").mkdir(parents=True)
    (root / "jobs" / "migrations" / "0001_initial.py").write_text("operations = []")
    monkeypatch.setattr(prepared, "ROOT", root)
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def test_a_new_cluster_is_not_prepared(data):
    assert not prepared.is_prepared(data, "20000")


def test_a_prepared_cluster_is_skipped_the_next_time(data):
    prepared.note(data, "20000")
    assert prepared.is_prepared(data, "20000")


def test_another_number_of_demo_people_is_looked_at(data):
    prepared.note(data, "20000")
    assert not prepared.is_prepared(data, "200")


@pytest.mark.parametrize(
    "path",
    [
        "jobs/migrations/0002_more.py",
        "jobs/demo.py",
        "workers/demo/people.py",
        "portal/management/commands/seed_demo.py",
    ],
)
def test_new_migrations_and_new_demo_code_are_looked_at(data, path):
    prepared.note(data, "20000")
    file = prepared.ROOT / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("# new")
    assert not prepared.is_prepared(data, "20000")


def test_after_a_command_on_the_database_it_is_looked_at_again(data):
    prepared.note(data, "20000")
    prepared.forget(data)
    prepared.forget(data)
    assert not prepared.is_prepared(data, "20000")


def test_the_note_goes_with_the_data(data):
    prepared.note(data, "20000")
    assert [path.parent for path in data.iterdir()] == [data]
