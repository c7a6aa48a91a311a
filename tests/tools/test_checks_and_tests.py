"""The lock file's check, pytest's options, and the server versions that will do."""

import pytest

from tools.launcher import checks, cli, postgres, stages, testing
from tools.launcher.places import ROOT
from tools.launcher.say import Problem

WANTED = "Django==5.2.19  # the framework\ncelery[redis]==5.7.0  # periodic work\n"
LOCKED = "celery==5.7.0 \\\n    --hash=sha256:aa\ndjango==5.2.19 \\\n    --hash=sha256:bb\n    # via celery\n"


def test_a_whole_lock_has_no_faults():
    assert checks.lock_faults(WANTED, LOCKED) == []


@pytest.mark.parametrize(
    ("wanted", "locked", "fault"),
    [
        (WANTED.replace("5.2.19", "5.2.20"), LOCKED, "does not hold django==5.2.20"),
        (WANTED + "redis==8.1.0  # cache\n", LOCKED, "does not hold redis==8.1.0"),
        (WANTED, LOCKED.replace(" \\\n    --hash=sha256:bb", ""), "django has no hash"),
        (WANTED, "--index-url https://pypi.example/simple\n" + LOCKED, "names an index"),
        (WANTED.replace("  # the framework", ""), LOCKED, "does not say why django is needed"),
    ],
)
def test_each_fault_of_a_lock_is_named(wanted, locked, fault):
    assert [found for found in checks.lock_faults(wanted, locked) if fault in found]


def test_the_projects_own_lock_is_whole():
    wanted, locked = (ROOT / "requirements.in").read_text(), (ROOT / "requirements.txt").read_text()
    assert checks.lock_faults(wanted, locked) == []


def test_tests_use_every_core_unless_the_person_chose_or_debugs():
    assert testing.parallel(["-k", "wages"])[:1] == ["-n"]
    for words in (["-n0"], ["-n", "2"], ["--pdb"], ["-p", "no:xdist"], ["--numprocesses=3"]):
        assert testing.parallel(words) == []


def test_an_unknown_command_is_a_sentence_and_the_list(capsys):
    assert cli.main(["fly"]) == 2
    assert "There is no command 'fly'" in capsys.readouterr().out


def test_help_lists_every_command(capsys):
    assert cli.main([]) == 0
    said = capsys.readouterr().out
    assert all(f"make {name} " in said for name in ["run", "test", "check", "fix", "demo", "bench", "screenshots"])


def test_a_postgresql_that_is_too_old_is_refused_with_the_way_out(tmp_path, monkeypatch):
    old = tmp_path / "postgres"
    old.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 13.22'\n")
    old.chmod(0o755)
    (tmp_path / "initdb").touch()
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(Problem, match=r"No PostgreSQL 15 or newer .*DATABASE_URL"):
        postgres.find_binaries(tmp_path)
    old.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 17.6 (Debian 17.6-1)'\n")
    assert postgres.find_binaries(tmp_path) == (tmp_path, 17)


def test_a_folder_without_a_server_has_no_version(tmp_path):
    assert postgres.major_version(tmp_path / "postgres") is None


def test_the_benchmark_loads_in_little_memory_serves_from_half_of_it_and_spares_a_small_shared_memory():
    loading, serving = (make(24 << 30, 12 << 30) for make in (stages.loading_settings, stages.serving_settings))
    assert (loading["shared_buffers"], loading.get("dynamic_shared_memory_type")) == ("1536MB", None)
    assert serving == {**loading, "shared_buffers": "12288MB", "wal_buffers": "256MB"}
    assert "fsync" not in serving
    small = stages.loading_settings(2 << 30, 64 << 20)
    assert (small["shared_buffers"], small["dynamic_shared_memory_type"]) == ("512MB", "mmap")
