"""A real Chromium on a live portal; every page that a journey visits is checked with axe."""

import json
import os
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, sync_playwright

from core import outbox

AXE = next((Path(__file__).parents[1] / "vendor").glob("axe-*.min.js")).read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
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


class Visitor:
    """A person with a phone: follows links and forms by the words they see."""

    def __init__(self, page: Page, base_url: str, sms_file: Path) -> None:
        self.page, self.base_url, self.sms_file = page, base_url, sms_file
        self.pages_seen: list[str] = []

    def goto(self, path: str) -> None:
        self.page.goto(self.base_url + path)
        self.look()

    def tap(self, words: str, *, role: str = "button") -> None:
        self.page.get_by_role(role, name=words).first.click()
        self.page.wait_for_load_state()
        self.look()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label).first.fill(value)

    def look(self) -> None:
        """Check the page for accessibility faults and leaked server errors."""
        self.pages_seen.append(self.page.url)
        assert "Traceback" not in self.page.content()
        self.page.evaluate(AXE) if self.page.evaluate("typeof axe === 'undefined'") else None
        found = self.page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
        assert not found, json.dumps(
            [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found], ensure_ascii=False, indent=1
        )

    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def sms_code(self) -> str:
        """The six digits of the newest message that reached the file sink."""
        outbox.drain(at=timezone.now())
        newest = json.loads(self.sms_file.read_text().splitlines()[-1])["text"]
        return next(word for word in newest.replace("，", " ").replace("：", " ").split() if word.isdecimal())


@pytest.fixture
def visit(browser, live_server, settings, tmp_path):
    """`visit(javascript=False)` opens a phone of its own on the live portal."""
    settings.SMS_SINK = tmp_path / "sms.jsonl"
    contexts = []

    def open_phone(*, javascript: bool = True, width: int = 360, height: int = 640) -> Visitor:
        context = browser.new_context(
            java_script_enabled=javascript, viewport={"width": width, "height": height}, locale="zh-CN"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context.new_page(), live_server.url, settings.SMS_SINK)

    yield open_phone
    for context in contexts:
        context.close()
