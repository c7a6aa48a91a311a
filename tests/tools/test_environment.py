"""Secrets made once, numbers from the shell, and what children are told."""

import base64
import stat

import pytest

from tools.launcher import environment
from tools.launcher.say import Problem


def test_blank_lines_and_comments_are_no_variables():
    text = "# made by us\n\nDEBUG=1\n SECRET_KEY = a=b \nnonsense\n"
    assert environment.parse(text) == {"DEBUG": "1", "SECRET_KEY": "a=b"}


@pytest.mark.parametrize(("text", "on"), [("1", True), ("True", True), ("on", True), ("0", False), ("", False)])
def test_switches_are_read_as_django_environ_reads_them(text, on):
    assert environment.is_on(text) is on


def test_a_missing_switch_is_off():
    assert environment.is_on(None) is False


def test_the_keys_are_32_bytes_in_base64_and_the_field_key_has_an_id():
    secrets = environment.new_secrets()
    name, _, key = secrets["FIELD_KEYS"].partition(":")
    assert name
    assert len(base64.b64decode(key)) == len(base64.b64decode(secrets["BLIND_INDEX_KEY"])) == 32


def test_secrets_are_drawn_once_and_nobody_else_can_read_them(tmp_path):
    first = environment.dev_secrets(tmp_path)
    assert environment.dev_secrets(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "dev.env").stat().st_mode) == 0o600


def test_two_checkouts_have_different_secrets(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = environment.dev_secrets(tmp_path / "a"), environment.dev_secrets(tmp_path / "b")
    assert [name for name in one if one[name] == other[name]] == ["DEBUG"]


def test_a_damaged_secrets_file_is_named_and_not_guessed_at(tmp_path):
    (tmp_path / "dev.env").write_text("DEBUG=1\nSECRET_KEY=x\n")
    with pytest.raises(Problem, match=r"lacks BLIND_INDEX_KEY, FIELD_KEYS, STACK"):
        environment.dev_secrets(tmp_path)


def test_an_older_checkout_draws_the_key_of_receipts_once(tmp_path):
    environment.dev_secrets(tmp_path)
    path = tmp_path / "dev.env"
    older = [line for line in path.read_text().splitlines(True) if not line.startswith("RECEIPT_KEYS=")]
    path.write_text("".join(older))
    first = environment.dev_secrets(tmp_path)
    assert first["RECEIPT_KEYS"].startswith("dev1:")
    assert environment.dev_secrets(tmp_path) == first


def test_the_shell_wins_over_our_settings_but_an_empty_variable_does_not(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "from the shell")
    monkeypatch.setenv("DATABASE_URL", "")
    children = environment.for_children({"SECRET_KEY": "ours", "DATABASE_URL": "ours"})
    assert (children["SECRET_KEY"], children["DATABASE_URL"]) == ("from the shell", "ours")


def test_tests_do_not_see_the_shells_keys_but_its_servers(monkeypatch):
    monkeypatch.setenv("FIELD_KEYS", "live:secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/x")
    children = environment.for_children({}, keep_portal_names=False)
    assert "FIELD_KEYS" not in children
    assert children["DATABASE_URL"] == "postgres://elsewhere/x"


def test_another_projects_python_settings_do_not_leak_into_ours(monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "other.settings")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    assert not {"DJANGO_SETTINGS_MODULE", "PYTHONPATH"} & environment.for_children({}).keys()


def test_the_port_is_8000_unless_the_shell_says_otherwise(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    assert environment.port() == 8000
    monkeypatch.setenv("PORT", "9001")
    assert environment.port() == 9001


@pytest.mark.parametrize("text", ["web", "0", "65536", "-1", "80 80", "８０００", "1e3", "9" * 5000])
def test_a_port_that_cannot_be_is_refused_by_name(monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Problem, match=r"PORT=.* is not a whole number from 1 to 65535"):
        environment.port()
