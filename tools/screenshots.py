"""Photograph every page as every kind of person, on three screens, in normal and elder mode.

Runs beside a portal with demo data (`make screenshots` starts one): starts from a few addresses per person,
follows the links, and takes each view once. Environment: BASE_URL, CHROMIUM, SCREENSHOTS (the folder).
Words on the command line limit the persons: `python tools/screenshots.py worker broker`.
"""

# ruff: noqa: E402 (Django must be set up before its models are imported)

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread

import django

django.setup()

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User
from core.crypto import blind_index

BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
FOLDER = Path(os.environ.get("SCREENSHOTS", ROOT / "var/screenshots"))
SCREENS = {"phone": (360, 640), "tablet": (800, 1280), "desk": (1280, 800)}
MODES = ("normal", "elder")
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# person: (sign-in name, where to start); every other page is found through links
PEOPLE: dict[str, tuple[str, Sequence[str]]] = {
    "visitor": ("", ["/", "/jobs/", "/wages/", "/wages/complain/", "/wages/status/", "/housing/", "/reports/",
                     "/accounts/login/", "/styleguide/", "/no/such/page/"]),
    "worker": ("13800000001", ["/", "/me/", "/me/profile/", "/me/applications/", "/housing/apply/", "/jobs/"]),
    "broker": ("13800000011", ["/", "/broker/vacancies/", "/broker/"]),
    "official": ("jiangjin", ["/", "/admin/"]),
    "city": ("city", ["/admin/", "/reports/"]),
    "auditor": ("auditor", ["/admin/"]),
}  # fmt: skip
# What the README shows: picture in docs/screenshots ← photograph
FOR_THE_README = {
    "home.png": "visitor/home-phone-normal.png",
    "home-elder.png": "visitor/home-phone-elder.png",
    "jobs.png": "visitor/jobs-list-phone-normal.png",
    "broker.png": "broker/jobs-broker-vacancy-tablet-normal.png",
    "admin.png": "official/admin-index-desk-normal.png",
}
NOT_PAGES = ("logout", "password_change", "healthz", "readyz")
PAGES_AT_MOST = 60


def session_key(name: str) -> str:
    """Sign the demo person in with all factors used, and return the cookie's value."""
    from allauth.account.internal.flows.login import record_authentication

    found = {"phone_index": blind_index("phone", name)} if name.isdecimal() else {"username": name}
    user = User.objects.get(**found)
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, user, "mfa", type="totp")
    request.session.save()
    return request.session.session_key


def view_of(path: str) -> str:
    """The name of the view behind an address, as a file name; "" when it is no page."""
    try:
        name = resolve(urlsplit(path).path).view_name or ""
    except Resolver404:
        return "not-found"
    return "" if any(word in name for word in NOT_PAGES) else name.replace(":", "-").replace("_", "-")


def links_of(page: Page) -> list[str]:
    """Addresses of this portal that the page links to."""
    found = page.eval_on_selector_all(
        "a[href]", "all => all.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
    )
    here = [urlsplit(url) for url in found if url.startswith(BASE_URL)]
    return [url.path + (f"?{url.query}" if url.query else "") for url in here]


def pages_of(context: BrowserContext, starts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Walk from the start pages over links; each view comes once, as (name, path)."""
    page = context.new_page()
    waiting, seen = list(starts), set()
    while waiting and len(seen) < PAGES_AT_MOST:
        path = waiting.pop(0)
        name = view_of(path)
        if not name or name in seen:
            continue
        seen.add(name)
        answer = context.request.get(BASE_URL + path, max_redirects=5)
        if "html" not in answer.headers.get("content-type", ""):
            continue
        page.goto(BASE_URL + path)
        yield name, path
        waiting += links_of(page)


def phone(browser: Browser, screen: str, mode: str, session: str) -> BrowserContext:
    """A browser of that size and mode, signed in when there is a session."""
    width, height = SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    cookies = {"elder": "1" if mode == "elder" else "0", settings.SESSION_COOKIE_NAME: session}
    context.add_cookies([{"name": n, "value": v, "url": BASE_URL} for n, v in cookies.items() if v])
    return context


def photograph(browser: Browser, person: str) -> int:
    """All pages of one person; returns the number of pictures."""
    name, starts = PEOPLE[person]
    session = session_key(name) if name else ""
    folder = FOLDER / person
    shutil.rmtree(folder, ignore_errors=True)
    walk = phone(browser, "desk", "normal", session)
    pages = list(pages_of(walk, starts))
    walk.close()
    taken = 0
    for screen in SCREENS:
        for mode in MODES:
            context = phone(browser, screen, mode, session)
            page = context.new_page()
            for view, path in pages:
                if mode == "elder" and path.startswith("/admin/"):
                    continue  # the officials' desk has no elder mode
                page.goto(BASE_URL + path)
                page.screenshot(path=folder / f"{view}-{screen}-{mode}.png", full_page=True)
                taken += 1
            context.close()
    print(f"{person}: {len(pages)} pages, {taken} pictures", flush=True)
    return taken


def refresh_readme() -> None:
    """Keep the first screens of the few pictures that the README shows, in few colours to stay small."""
    target, heights = ROOT / "docs/screenshots", dict(SCREENS.values())
    target.mkdir(exist_ok=True)
    for name, source in FOR_THE_README.items():
        if (FOLDER / source).exists():
            with Image.open(FOLDER / source) as picture:
                first = picture.crop((0, 0, picture.width, min(picture.height, heights[picture.width])))
                first.convert("RGB").quantize(128).save(target / name, optimize=True)


def main(words: Sequence[str]) -> int:
    unknown = set(words) - set(PEOPLE)
    if unknown:
        print(f"Unknown: {', '.join(sorted(unknown))}. Known: {', '.join(PEOPLE)}.", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=FLAGS)
        total = sum(photograph(browser, person) for person in words or PEOPLE)
        browser.close()
    refresh_readme()
    print(f"{total} pictures in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
