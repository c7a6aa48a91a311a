"""A busy port, processes that end, and the end of a log."""

import socket
import subprocess
import sys
from dataclasses import replace

import pytest

from tools.launcher import portal, processes, watch
from tools.launcher.places import Places
from tools.launcher.say import Problem


@pytest.fixture
def here(tmp_path):
    return Places(var=tmp_path, servers=tmp_path, sockets=tmp_path / "run", programs=tmp_path)


@pytest.fixture
def said(monkeypatch):
    """What the launcher said to the person."""
    lines = []
    monkeypatch.setattr(watch, "say", lines.append)
    return lines


def ended(code: int) -> subprocess.Popen:
    """A process that has ended already."""
    process = subprocess.Popen([sys.executable, "-c", f"raise SystemExit({code})"])
    process.wait()
    return process


def watched(tmp_path, *, vital=False, start=lambda: ended(1)):
    log = tmp_path / "worker.log"
    log.write_text("first\nBroker refused the connection\n")
    return watch.Watched("worker", log, start, vital, ended(1), started_at=100.0)


def test_a_busy_port_is_a_sentence_with_the_next_port():
    with socket.socket() as other:
        other.bind((portal.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem, match=rf"Port {port} cannot be used .*PORT=\d+ make run"):
            portal.refuse_busy_port(port)


def test_a_free_port_is_not_refused():
    portal.refuse_busy_port(portal.free_port())


def test_the_access_log_keeps_no_query_because_officials_search_by_number(here):
    web = portal.Portal(here, "python", {}, 8000).commands()["web"]
    line = web[web.index("--access-logformat") + 1]
    assert "%(U)s" in line
    assert not any(told in line for told in ("%(r)s", "%(q)s", "%(f)s"))


def test_after_the_last_port_the_first_choice_is_proposed_again():
    assert "PORT=8000 make run" in portal.busy_port_message(65535, "busy")


def test_what_ends_is_started_again_after_a_wait_and_the_person_is_told(tmp_path, said):
    one = watched(tmp_path)
    one.look(101.0)
    assert said == [f"worker ended (exit 1); starting it again in 1 s. Log: {tmp_path / 'worker.log'}"]
    before = one.child
    one.look(101.9)
    assert one.child is before
    one.look(102.0)
    assert one.child is not before


def test_the_wait_grows_with_every_end_up_to_half_a_minute(tmp_path, said):
    one, now, waits = watched(tmp_path), 100.0, []
    for _ in range(7):
        one.look(now)
        waits.append(one.again_at - now)
        now = one.again_at
        one.look(now)
    assert waits == [1, 2, 4, 8, 16, 30, 30]


def test_a_process_that_was_well_for_a_minute_starts_with_a_clean_record(tmp_path, said):
    one = replace(watched(tmp_path), deaths=5)
    one.look(100.0 + watch.HEALTHY_AFTER + 1)
    assert one.deaths == 1


def test_a_vital_process_that_keeps_ending_stops_everything_and_shows_its_log(tmp_path, said):
    one = replace(watched(tmp_path, vital=True), deaths=2)
    with pytest.raises(Problem, match=r"(?s)worker ended 3 times in a row.*Broker refused the connection"):
        one.look(101.0)


def test_a_signal_is_named():
    assert (watch.ending(3), watch.ending(-9)) == ("exit 3", "SIGKILL")


def test_a_failing_step_is_one_sentence_and_the_end_of_its_own_output(here, tmp_path):
    log = tmp_path / "prepare.log"
    log.write_text("an older failure\n")
    with pytest.raises(Problem) as caught:
        processes.run_quietly(
            [sys.executable, "-c", "print('no such table'); raise SystemExit(1)"],
            env={},
            log=log,
            failing="The database could not be brought up to date:",
        )
    assert str(caught.value).startswith("The database could not be brought up to date:\n  no such table\n")
    assert "older" not in str(caught.value)


def test_a_child_is_stopped_when_its_context_ends(here, tmp_path):
    with watch.Watch(here, {}) as running:
        here.logs.mkdir()
        running.start("outbox", [sys.executable, "-c", "import time; time.sleep(60)"])
        child = running.started[0].child
        assert child.poll() is None
    assert child.poll() is not None


def test_of_a_trace_only_what_went_wrong_is_shown(tmp_path):
    log = tmp_path / "prepare.log"
    log.write_text(
        "Traceback (most recent call last):\n  File 'a.py', line 1\nOSError: refused\n\nThe above led to:\n\n"
        "Traceback (most recent call last):\n  File 'b.py', line 2\n    ^^^^\nOperationalError: none\n\tIs it up?\n"
    )
    assert processes.tail(log) == "  OperationalError: none\n  \tIs it up?"


def test_a_log_that_is_not_there_is_no_error(tmp_path):
    assert processes.tail(tmp_path / "none.log") == "  (no log)"
