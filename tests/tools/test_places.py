"""Sockets that fit, folders that are ours, and a sentence where nothing can be written."""

import os
import stat
from pathlib import Path

import pytest

from tools.launcher import places
from tools.launcher.say import Problem

LONGEST_ADDRESS = 100  # bytes, with the file name that PostgreSQL adds


@pytest.mark.parametrize(
    "folder",
    [
        "/home/wang/portal/var/run",
        "/home/wang/" + "a" * 200 + "/var/run",
        "/home/wang/" + "渝" * 30 + "/var/run",
        "/home/wang/渝工通/var/run",
        "/home/wang/my portal/var/run",
        "/home/wang/50%/var/run",
        "/home/wang/a?b#c/var/run",
    ],
)
def test_a_socket_always_fits_and_needs_no_quoting_in_a_url(folder):
    found = places.socket_folder(Path(folder))
    assert len(os.fsencode(found / ".s.PGSQL.5432")) < LONGEST_ADDRESS
    assert str(found).isascii()
    assert not set(str(found)) & set(" %?#&,")


def test_a_short_plain_folder_is_used_as_it_is():
    assert places.socket_folder(Path("/srv/portal/var/run")) == Path("/srv/portal/var/run")


def test_two_checkouts_never_share_a_socket_folder():
    one, other = (places.socket_folder(Path(f"/home/渝/{name}/var/run")) for name in "ab")
    assert one != other


def test_a_private_folder_is_closed_to_others(tmp_path):
    places.make_private(tmp_path / "run")
    assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700


def test_a_symbolic_link_laid_out_by_somebody_else_is_not_followed(tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "theirs")
    with pytest.raises(Problem, match="belongs to another user"):
        places.make_private(tmp_path / "run")


def test_a_var_that_cannot_be_written_is_told_in_one_sentence(tmp_path, monkeypatch):
    (tmp_path / "var").write_text("a file where the folder should be")
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    with pytest.raises(Problem, match=r"Cannot write to .*var/log"):
        places.main_places()


def test_programs_installed_under_a_strict_umask_become_readable_for_nobody(tmp_path):
    program = tmp_path / "bin" / "postgres"
    program.parent.mkdir(mode=0o700)
    program.touch()
    program.chmod(0o700)
    places.let_others_read(tmp_path)
    assert stat.S_IMODE(program.stat().st_mode) == stat.S_IMODE(program.parent.stat().st_mode) == 0o755
