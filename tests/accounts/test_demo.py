"""The demonstration's people: complete, printed, and impossible outside a demonstration."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import demo
from accounts.models import User

ROOT = Path(__file__).resolve().parents[2]


def printed(*command):
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_the_fixed_people_are_there_once(db, at):
    demo.seed(at=at)
    demo.seed(at=at, scale=20_000, rng_seed=7)
    assert User.objects.count() == len(demo.PEOPLE) == 12
    broker = User.objects.get(display_name="杜高田")
    assert (broker.role, broker.phone.open(), broker.covers("500116001")) == ("broker", "13800000011", True)
    for name in ("city", "city2"):
        assert User.objects.get(username=name).covers("500236")
    assert "city2-demo-2026" in printed("demo_people")


def test_an_official_signs_in_with_what_is_printed(db, at, client):
    demo.seed(at=at)
    assert "jiangjin-demo-2026" in printed("demo_people")
    client.post("/accounts/login/", {"login": "jiangjin", "password": "jiangjin-demo-2026"})
    client.post("/accounts/2fa/authenticate/", {"code": printed("demo_totp", "jiangjin").strip()})
    assert client.get("/admin/").status_code == 200


def test_three_sign_ins_within_half_a_minute_get_three_codes(db, at, client):
    demo.seed(at=at)
    seen = set()
    for _ in range(3):
        client.logout()
        client.post("/accounts/login/", {"login": "city", "password": "city-demo-2026"})
        code = demo.totp_code("city", at=timezone.now())
        seen.add(code)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert "_auth_user_id" in client.session
    assert len(seen) == 3


def test_passwords_are_long_enough_for_the_rules(db):
    from django.contrib.auth.password_validation import validate_password

    for person in demo.PEOPLE:
        if person.password:
            validate_password(person.password)
            assert len(person.password) >= 12


def test_an_unknown_name_is_said_so(db):
    with pytest.raises(CommandError, match="nobody"):
        printed("demo_totp", "nobody")


@pytest.mark.parametrize("command", [("demo_people",), ("demo_totp", "jiangjin")])
def test_the_commands_refuse_outside_the_demo(db, settings, command):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEBUG"):
        printed(*command)


def test_seeding_refuses_outside_the_demo(db, settings, at):
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        demo.seed(at=at)
    assert not User.objects.exists()


def test_the_demo_is_off_without_debug():
    """In a process of its own, with the settings as production reads them."""
    keys = {"SECRET_KEY": "x" * 60, "FIELD_KEYS": "k:" + "A" * 43 + "=", "BLIND_INDEX_KEY": "A" * 43 + "="}
    keys["RECEIPT_KEYS"] = "r:" + "A" * 43 + "="
    answer = subprocess.run(
        [sys.executable, "manage.py", "demo_people"],
        cwd=ROOT,
        env={"PATH": "/usr/bin", "ALLOWED_HOSTS": "example.org", **keys},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode != 0
    assert "demo-2026" not in answer.stdout
    assert "DEBUG" in answer.stderr
