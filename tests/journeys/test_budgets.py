"""What pages weigh on the wire, with the static files as production serves them."""

import pytest
from django.core.management import call_command
from django.db import connections
from django.test.testcases import LiveServerThread

from .steps import sign_in, sign_in_at_the_desk
from .world import BROKER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KB = 1024
PHONE = "15400000001"


class ProductionThread(LiveServerThread):
    """Without the test server's own serving of static files: WhiteNoise does it, compressed and cached for ever."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1", static_handler=lambda application: application)


@pytest.fixture
def server_address(transactional_db, settings, tmp_path):
    """A portal with collected, compressed static files."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", interactive=False, verbosity=0)
    thread = ProductionThread()
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None, thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    connections.close_all()


@pytest.fixture
def fill(world):
    """`fill(code)`: lists become as long as a page shows."""

    def rows(code):
        for number in range(25):
            world.vacancy(f"低压电工 {number} 组")
            world.seeker(f"张建{'国华民军平'[number % 5]}", months=12 + number)
            world.case(f"154000001{number:02}", code=code)
        world.estate()

    return rows


def weigh(visitor, path):
    """Transferred bytes and requests of a page."""
    visitor.traffic.clear()
    visitor.page.goto(visitor.base_url + path, wait_until="networkidle")
    return visitor.traffic.bytes, visitor.traffic.requests


# page: (first visit, repeat, requests)
BUDGETS = {
    "list": (60, 20, 12),
    "detail": (60, 20, 12),
    "status": (60, 20, 12),
    "form": (50, 20, 12),
    "broker workbench": (120, 120, 99),
    "admin list": (150, 150, 99),
}


def test_pages_keep_to_their_budgets(visit, world, fill, totp, capsys):
    code, job, rows = world.wage_code(), world.vacancy(), []
    fill(code)
    case = world.case(PHONE, code=code)

    def measure(page, path, prepare=lambda visitor: None, **screen):
        visitor = visit(**screen)
        prepare(visitor)
        visitor.devtools.send("Network.clearBrowserCache")
        first, requests = weigh(visitor, path)
        assert visitor.at(path), visitor.page.url
        repeat, _ = weigh(visitor, path)
        rows.append((page, path, first, repeat, requests))

    measure("list", "/jobs/")
    measure("detail", f"/jobs/{job.pk}/")
    measure("status", f"/wages/status/{case.number}/", lambda visitor: find(visitor, case))
    measure("form", "/wages/complain/owed/", lambda visitor: begin(visitor, code))
    measure("form", "/wages/complain/evidence/", lambda visitor: begin(visitor, code))
    measure("form", "/housing/check/")
    measure("form", "/accounts/login/")
    tablet = {"width": 800, "height": 1280}
    measure(
        "broker workbench",
        f"/broker/vacancies/{job.pk}/",
        lambda visitor: sign_in(visitor, BROKER, then="/broker/"),
        **tablet,
    )
    desk = {"width": 1280, "height": 800}
    measure("admin list", "/admin/wages/case/", lambda visitor: sign_in_at_the_desk(visitor, "jiangjin", totp), **desk)
    with capsys.disabled():
        print("\n" + table(rows))
    for page, path, first, repeat, requests in rows:
        most_first, most_repeat, most_requests = BUDGETS[page]
        assert first <= most_first * KB, path
        assert repeat <= most_repeat * KB, path
        assert requests <= most_requests, path


def find(visitor, case):
    visitor.goto("/wages/status/")
    visitor.fill("投诉编号", case.number)
    visitor.fill("手机号后四位", PHONE[-4:])
    visitor.tap("查进度")


def begin(visitor, code):
    visitor.goto(f"/wages/code/{code.code}/")
    visitor.tap("工资没拿到，我要投诉")


def table(rows):
    lines = [f"{'page':<18}{'first KB':>9}{'repeat KB':>10}{'requests':>9}  address"]
    lines += [
        f"{page:<18}{first / KB:>9.1f}{repeat / KB:>10.1f}{requests:>9}  {path}"
        for page, path, first, repeat, requests in rows
    ]
    return "\n".join(lines)
