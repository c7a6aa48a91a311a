"""With nothing set the portal is in production, and says in a sentence what it lacks."""

import os
import subprocess
import sys

import pytest
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from portal.settings.env import origins

KEYS = {
    "SECRET_KEY": "production-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
    "FIELD_KEYS": "k1:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=",
    "BLIND_INDEX_KEY": "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=",
    "RECEIPT_KEYS": "r1:Q0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0M=",
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


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY", "RECEIPT_KEYS"])
def test_a_missing_key_stops_production_by_name(name):
    done = manage("check", **{key: value for key, value in KEYS.items() if key != name})
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY", "RECEIPT_KEYS"])
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


@pytest.mark.parametrize(
    ("hosts", "trusted"),
    [
        (["ygt.example.cn"], ["https://ygt.example.cn"]),
        ([".example.cn", "ygt.example.org"], ["https://*.example.cn", "https://ygt.example.org"]),
        (["*"], []),
        ([""], []),
    ],
)
def test_every_way_to_write_a_host_makes_an_origin_that_django_understands(hosts, trusted):
    assert origins(hosts) == trusted


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://ygt.example.cn", 200),
        ("https://a.b.example.cn", 200),
        ("https://example.cn", 200),
        ("https://badexample.cn", 403),
        ("http://ygt.example.cn", 403),
        ("https://example.cn.evil.org", 403),
    ],
)
def test_a_domain_with_all_below_it_may_post_and_nobody_else(rf, settings, origin, status):
    """The proxy in front speaks another name than the browser, so the list of trusted origins decides."""
    settings.ALLOWED_HOSTS = ["inner"]
    settings.CSRF_TRUSTED_ORIGINS = origins([".example.cn"])
    token = "a" * 32
    request = rf.post("/", {"csrfmiddlewaretoken": token}, headers={"host": "inner", "origin": origin})
    request.COOKIES[settings.CSRF_COOKIE_NAME] = token
    middleware = CsrfViewMiddleware(lambda request: HttpResponse())
    middleware.process_request(request)
    refused = middleware.process_view(request, lambda request: HttpResponse(), (), {})
    assert (refused.status_code if refused else 200) == status


def test_the_deployment_check_accepts_a_wildcard_of_subdomains():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **{**KEYS, "ALLOWED_HOSTS": ".example.cn, localhost"})
    assert done.returncode == 0, done.stderr
