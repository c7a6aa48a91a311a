"""Who runs already, and pid files that lie."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tools.launcher import locks
from tools.launcher.run import second_instance_message

HOLD_THE_LOCK = """
import sys, time
from pathlib import Path
from tools.launcher.locks import Lock
lock = Lock(Path(sys.argv[1]))
print(lock.take(port=8000), flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock, as a running portal does."""
    argv = [sys.executable, "-c", HOLD_THE_LOCK, str(tmp_path / "run.lock")]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().strip() == "True"
        yield process
        process.kill()


def test_a_second_instance_is_refused_and_told_who_runs(tmp_path, holder):
    lock = locks.Lock(tmp_path / "run.lock")
    assert lock.take() is False
    assert lock.holder() == {"pid": holder.pid, "port": 8000}


def test_a_killed_launcher_holds_nothing(tmp_path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    lock = locks.Lock(tmp_path / "run.lock")
    assert lock.holder() is None
    assert lock.take() is True
    lock.release()


def test_a_lock_can_be_waited_for(tmp_path, holder):
    lock = locks.Lock(tmp_path / "run.lock")
    holder.send_signal(signal.SIGKILL)
    assert lock.take(patience=10) is True
    lock.release()


def test_a_released_lock_is_free(tmp_path):
    one, other = locks.Lock(tmp_path / "lock"), locks.Lock(tmp_path / "lock")
    assert one.take()
    one.release()
    assert other.take()
    other.release()


def test_the_second_instance_reads_the_address_of_the_first():
    message = second_instance_message({"pid": 77, "port": 8001})
    assert "http://127.0.0.1:8001/" in message
    assert "process 77" in message


def test_a_holder_that_left_no_note_is_still_a_holder():
    assert second_instance_message({}).startswith("The portal runs already;")


@pytest.mark.parametrize("text", ["", "no number\n", "-5\n", "0\n", "12abc\n", "\xff\xfe"])
def test_a_pid_file_without_a_pid_is_stale(tmp_path, text):
    (tmp_path / "postmaster.pid").write_text(text, encoding="latin-1")
    assert locks.live_pid(tmp_path / "postmaster.pid") is None


def test_a_missing_pid_file_names_nobody(tmp_path):
    assert locks.live_pid(tmp_path / "postmaster.pid") is None


def test_the_pid_of_a_process_that_is_gone_is_stale(tmp_path):
    with subprocess.Popen(["true"]) as process:
        process.wait()
    (tmp_path / "pid").write_text(f"{process.pid}\n")
    assert locks.live_pid(tmp_path / "pid") is None


def test_a_zombie_is_stale(tmp_path):
    with subprocess.Popen(["true"]) as process:
        deadline = time.monotonic() + 10
        while locks.state_and_command(process.pid)[0] != "Z" and time.monotonic() < deadline:
            time.sleep(0.01)
        (tmp_path / "pid").write_text(f"{process.pid}\n")
        assert locks.live_pid(tmp_path / "pid") is None


def test_a_stranger_with_the_same_number_is_stale_and_our_own_process_is_not(tmp_path):
    (tmp_path / "pid").write_text(f"{os.getpid()}\n/var/data\n")
    assert locks.live_pid(tmp_path / "pid", "postgres", "/var/data") is None
    assert locks.live_pid(tmp_path / "pid", "python") == os.getpid()
