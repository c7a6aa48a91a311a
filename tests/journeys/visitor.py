"""A person with a phone: follows links and forms by the words they see; every page is checked with axe."""

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from core import outbox

from .traffic import Traffic

AXE = next((Path(__file__).parents[1] / "vendor").glob("axe-*.min.js")).read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
JUDGE = "rules => axe.run(document, rules).then(result => result.violations)"


class Visitor:
    """`pages_seen` are the addresses of the pages that were looked at, `typed` the labels of the fields filled."""

    def __init__(self, context: BrowserContext, base_url: str, sms_file: Path, *, javascript: bool) -> None:
        self.page: Page = context.new_page()
        self.base_url, self.sms_file, self.javascript = base_url, sms_file, javascript
        self.devtools = context.new_cdp_session(self.page)
        self.traffic = Traffic(self.devtools)
        self.pages_seen: list[str] = []
        self.typed: list[str] = []
        self.complaints: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message) -> None:
        """What the browser complains of: a broken script, a blocked style, a missing picture. axe has no address."""
        status = "the server responded with a status of 4" in message.text
        if message.type == "error" and message.location["url"] and not status:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def goto(self, path: str) -> None:
        self.page.goto(self.base_url + path)
        self.look()

    def tap(self, words: str, *, role: str = "button") -> None:
        """Press what carries exactly these words."""
        self._act(lambda: self.page.get_by_role(role, name=words, exact=True).first.click())

    def follow(self, words: str) -> None:
        self.tap(words, role="link")

    def back(self) -> None:
        self._act(self.page.go_back)

    def _act(self, act: Callable[[], object]) -> None:
        act()
        self.page.wait_for_load_state()
        self.look()

    def fill(self, label: str, value: str) -> None:
        self.typed.append(label)
        self.page.get_by_label(label).first.fill(value)

    def choose(self, label: str) -> None:
        """A radio button or a check box, by the words of its card."""
        self.page.get_by_text(label, exact=True).first.click()

    def select(self, label: str, choice: str) -> None:
        self.page.get_by_label(label).first.select_option(label=choice)

    def at(self, path: str) -> bool:
        return urlsplit(self.page.url).path == path

    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    def look(self) -> None:
        """Check the page for accessibility faults and leaked server errors."""
        found = self.faults()
        assert not found, json.dumps([self.page.url, *found], ensure_ascii=False, indent=1)

    def faults(self) -> list:
        """What axe finds on this page."""
        self.pages_seen.append(self.page.url)
        assert "Traceback" not in self.page.content()
        if not self.javascript:
            # A page that loaded without its scripts may still be looked at with one.
            self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": True})
            self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": False})
        if self.page.evaluate("typeof axe === 'undefined'"):
            self.page.evaluate(AXE)
        found = self.page.evaluate(JUDGE, {**RULES, "resultTypes": ["violations"]})
        if not self.javascript:
            self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": True})
        return [(fault["id"], [node["html"][:300] for node in fault["nodes"][:3]]) for fault in found]

    def messages(self, phone: str) -> list[dict]:
        """The text messages that reached this phone."""
        outbox.drain(at=timezone.now())
        lines = self.sms_file.read_text().splitlines() if self.sms_file.exists() else []
        return [message for line in lines if (message := json.loads(line))["to"].endswith(phone)]

    def sms_code(self, phone: str) -> str:
        """The six digits of the newest code that reached this phone."""
        newest = [message["text"] for message in self.messages(phone) if message["event"] == "code"][-1]
        return next(word for word in newest.replace("，", " ").split() if word.isdecimal())
