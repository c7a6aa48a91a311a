"""A browser without JavaScript, by the standard library: cookies, forms, and how long an answer took."""

import http.cookiejar
import itertools
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from html import unescape
from pathlib import Path

PATIENCE = 30  # seconds; what takes longer hangs
_addresses = itertools.count(1)


@dataclass(frozen=True)
class Answer:
    status: int
    path: str
    text: str
    seconds: float

    @property
    def submission_key(self) -> str:
        return unescape(re.search(r'name="submission_key" value="([^"]+)"', self.text)[1])


class Visitor:
    """One person at an address of their own; follows redirects and keeps cookies."""

    def __init__(self, port: int, sink: Path) -> None:
        self.home, self.sink = f"http://127.0.0.1:{port}", sink
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        number = next(_addresses)
        self.opener.addheaders = [("X-Forwarded-For", f"203.0.{number // 250}.{number % 250 + 1}")]

    def get(self, path: str) -> Answer:
        return self._ask(path, None)

    def post(self, path: str, **fields) -> Answer:
        token = next((cookie.value for cookie in self.cookies if cookie.name == "csrftoken"), "")
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}, doseq=True)
        return self._ask(path, body.encode())

    def code(self, phone: str) -> str:
        """The digits of the newest message to the phone, which the outbox sends."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if texts := [line["text"] for line in messages(self.sink) if line["to"] == phone]:
                return re.search(r"\d{6}", texts[-1])[0]
            time.sleep(0.05)
        raise AssertionError("no message came")

    def _ask(self, path: str, body: bytes | None) -> Answer:
        started = time.monotonic()
        try:
            reply = self.opener.open(self.home + path, body, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            reply = error
        with reply:
            text, url = reply.read().decode(), urllib.parse.urlsplit(reply.url)
            return Answer(reply.status, url.path, text, time.monotonic() - started)


def messages(sink: Path) -> list[dict]:
    """What was sent so far, whole lines only."""
    lines = sink.read_text().splitlines(keepends=True) if sink.exists() else []
    return [json.loads(line) for line in lines if line.endswith("\n")]
