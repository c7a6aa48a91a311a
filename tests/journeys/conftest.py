"""A real Chromium on a live portal, and the demonstration's people with something to do."""

import os
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import sync_playwright

from accounts import demo
from accounts.models import User

from .visitor import AXE, RULES, Visitor
from .world import World

__all__ = ["AXE", "RULES"]

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser(chromium_path, django_db_setup):
    """One Chromium for all journeys, started after the test database was made.

    Playwright's sync API keeps an event loop in this thread until it ends, where Django otherwise refuses the
    database to every later test.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def server_address(live_server) -> str:
    return live_server.url


@pytest.fixture
def visit(browser, server_address, settings, tmp_path):
    """`visit(javascript=False)` opens a phone of its own on the live portal.

    In the end none of them may have asked a foreign host for anything, nor have had anything to complain of.
    """
    settings.SMS_SINK = tmp_path / "sms.jsonl"
    settings.MEDIA_ROOT = tmp_path / "files"
    visitors, contexts = [], []

    def open_phone(*, javascript: bool = True, width: int = 360, height: int = 640, elder: bool = False) -> Visitor:
        context = browser.new_context(
            java_script_enabled=javascript, viewport={"width": width, "height": height}, locale="zh-CN"
        )
        context.set_default_timeout(10_000)
        if elder:
            context.add_cookies([{"name": "elder", "value": "1", "url": server_address}])
        contexts.append(context)
        visitors.append(Visitor(context, server_address, settings.SMS_SINK, javascript=javascript))
        return visitors[-1]

    yield open_phone
    for context in contexts:
        context.close()
    for visitor in visitors:
        assert visitor.traffic.hosts <= {urlsplit(server_address).netloc}
        assert visitor.complaints == [], "\n".join(visitor.complaints)


@pytest.fixture
def at() -> datetime:
    """Pages read the real clock, so everything of this folder happens now."""
    return timezone.now()


@pytest.fixture
def people(transactional_db, at) -> dict[str, User]:
    """The demonstration's people by the name or number they sign in with."""
    users = demo.seed(at=at)
    return {person.sign_in: user for person, user in zip(demo.PEOPLE, users, strict=True)}


@pytest.fixture
def world(people, at) -> World:
    """Makes what a journey starts from: a site with a wage code, jobs, seekers, flats."""
    return World(people, at)


@pytest.fixture
def totp() -> Callable[[str], str]:
    """`totp("jiangjin")`: the code that this official's authenticator shows."""
    return lambda name: demo.totp_code(name, at=timezone.now())
