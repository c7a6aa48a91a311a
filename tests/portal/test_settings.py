"""With nothing set the portal is in production, and says in a sentence what it lacks."""

import os
import subprocess
import sys

import pytest

KEYS = {
    "SECRET_KEY": "production-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
    "FIELD_KEYS": "k1:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=",
    "BLIND_INDEX_KEY": "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=",
    "ALLOWED_HOSTS": "ygt.example.cn",
    "TRUSTED_PROXIES": "1",
}


def manage(*arguments, **variables):
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", **variables}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], env=environment, capture_output=True, text=True, timeout=60
    )


def test_a_deployment_check_is_clean_on_production_settings():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **KEYS)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY"])
def test_a_missing_key_stops_production_by_name(name):
    done = manage("check", **{key: value for key, value in KEYS.items() if key != name})
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY"])
def test_a_published_key_stops_production_by_name(name):
    from portal.settings import env

    done = manage("check", **{**KEYS, name: getattr(env, f"DEV_{name}")})
    assert done.returncode != 0
    assert f"{name} is the published development value" in done.stderr


@pytest.mark.parametrize("command", ["seed_demo", "demo_people", "demo_totp"])
def test_no_part_of_the_demo_exists_in_production(command):
    done = manage(command, *(["city"] if command == "demo_totp" else []), **KEYS)
    assert done.returncode != 0
    assert "DEBUG" in done.stderr
    assert "Traceback" not in done.stderr
