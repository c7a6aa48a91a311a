"""Somebody registers by phone as a browser does: number, code, name and ID number.

`python -m tools.bench.registering` is a process of its own, so that asking takes no time from the server's cores.
"""

import http.client
import json
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from .server import HOST, Failed

CLIENTS = 16
REQUESTS = 6
_CODE = re.compile(r"验证码 (\d{6})")
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Browser:
    """One person's browser: cookies, and an address of its own behind the proxy."""

    line: http.client.HTTPConnection
    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, expected: int, **form: str) -> str:
        if form:
            form["csrfmiddlewaretoken"] = self.cookies["csrftoken"]
        headers = {"X-Forwarded-For": self.address, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        self.line.request(method, path, urlencode(form) if form else None, {**headers, **(_FORM if form else {})})
        answer = self.line.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        if answer.status != expected:
            raise Failed(f"{method} {path} answered {answer.status}")
        return text


def register(browser: Browser, phone: str, name: str, id_number: str) -> float:
    """Seconds for the whole way."""
    started = time.perf_counter()
    browser.ask("GET", "/accounts/login/", 200)
    browser.ask("POST", "/accounts/login/", 302, phone=phone)
    code = _CODE.search(browser.ask("GET", "/accounts/login/code/confirm/", 200))
    if code is None:
        raise Failed("the code is not on the page")
    browser.ask("POST", "/accounts/login/code/confirm/", 302, code=code[1])
    browser.ask("GET", "/me/identify/", 200)
    browser.ask("POST", "/me/identify/", 302, full_name=name, id_number=id_number)
    return time.perf_counter() - started


def main() -> None:
    """Reads {port, seconds, people: [[phone, name, id_number], …]}, writes {seconds, busy, taken, failures}.

    `busy` is the share of a core that asking took: near 1, the figure would be the asking side's.
    """
    told = json.load(sys.stdin)
    people, taken, failures = iter(enumerate(told["people"])), [], []
    lock, end = threading.Lock(), time.perf_counter() + told["seconds"]

    def client() -> None:
        line = http.client.HTTPConnection(HOST, told["port"], timeout=30)
        while time.perf_counter() < end and not failures:
            with lock:
                number, person = next(people, (0, None))
            if person is None:
                return
            address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            try:
                taken.append(register(Browser(line, address), *person))
            except (Failed, OSError, http.client.HTTPException, KeyError) as failure:
                failures.append(repr(failure))

    started, began = time.perf_counter(), time.process_time()
    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    busy = (time.process_time() - began) / seconds
    json.dump({"seconds": seconds, "busy": busy, "taken": taken, "failures": failures}, sys.stdout)


if __name__ == "__main__":
    main()
