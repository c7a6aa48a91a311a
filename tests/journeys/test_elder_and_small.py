"""Old eyes, big thumbs, small screens: the main pages, as a worker meets them."""

import re

import pytest

from .steps import sign_in
from .test_look import SIDEWAYS, SMALLEST_TEXT, TOO_SMALL
from .world import WORKER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TWICE = "document.documentElement.style.fontSize = '200%'"
NAMES = {"CQ", "JJ", "PDF", "DEM"}  # numbers begin with them, or there is no other name
HELP_LINE = "a[href='tel:12333']"


@pytest.fixture
def pages(world) -> list[str]:
    """The pages that a worker opens most, with something on each."""
    job, code = world.vacancy(), world.wage_code()
    world.estate()
    public = ["/", "/jobs/", f"/jobs/{job.pk}/", "/wages/", f"/wages/code/{code.code}/", "/wages/complain/"]
    return [*public, "/wages/status/", "/housing/", "/housing/check/", "/accounts/login/", "/reports/"]


OWN = ["/me/", "/me/applications/", "/me/profile/", "/me/notices/", "/me/consents/", "/housing/apply/"]


def faults(visitor, path, least):
    visitor.goto(path)
    seen = visitor.page
    found = [f"{path}: {html} is {height:.0f} px high" for html, height in seen.evaluate(TOO_SMALL, least)]
    if seen.evaluate(SIDEWAYS) > 0:
        found.append(f"{path}: scrolls sideways")
    if seen.locator(HELP_LINE).count() == 0:
        found.append(f"{path}: nobody to call")
    return found


def test_in_elder_mode_everything_is_big(visit, pages):
    visitor, found = visit(elder=True), []
    for path in pages:
        found += faults(visitor, path, 60)
        smallest = visitor.page.evaluate(SMALLEST_TEXT)
        if smallest < 18:
            found.append(f"{path}: text of {smallest} px")
    assert found == [], "\n".join(found)


def test_on_a_small_phone_everything_fits_also_at_twice_the_text(visit, pages):
    visitor, found = visit(), []
    for path in pages:
        found += faults(visitor, path, 44)
        visitor.page.evaluate(TWICE)
        if visitor.page.evaluate(SIDEWAYS) > 0:
            found.append(f"{path}: scrolls sideways at twice the text")
    assert found == [], "\n".join(found)


def test_what_is_mine_is_big_and_fits_too(visit, world):
    visitor, found = visit(elder=True), []
    sign_in(visitor, WORKER, then="/me/")
    for path in OWN:
        found += faults(visitor, path, 60)
        visitor.page.evaluate(TWICE)
        if visitor.page.evaluate(SIDEWAYS) > 0:
            found.append(f"{path}: scrolls sideways at twice the text")
    assert found == [], "\n".join(found)


def test_elder_mode_is_one_tap_away_and_stays(visit, world):
    world.vacancy()
    visitor = visit(javascript=False)
    visitor.goto("/jobs/?q=电工")
    before = visitor.page.url
    visitor.tap("长者模式")
    assert visitor.page.url == before
    for path in ("/", "/wages/complain/", "/no/such/page/"):
        visitor.goto(path)
        assert visitor.page.locator("html.elder").count() == 1
        assert visitor.page.get_by_role("button", name="标准模式").count() == 1
    visitor.tap("标准模式")
    assert visitor.page.locator("html.elder").count() == 0


def test_pages_that_are_not_there_or_not_mine_say_what_to_do(visit, world):
    visitor = visit()
    visitor.goto("/no/such/page/")
    assert visitor.page.locator(HELP_LINE).count() > 0
    visitor.goto("/jobs/999999/")
    assert visitor.page.locator(HELP_LINE).count() > 0
    sign_in(visitor, WORKER, then="/me/")
    visitor.goto("/broker/")
    assert "劳务经纪人" in visitor.text()
    assert visitor.page.locator(HELP_LINE).count() > 0
    visitor.goto("/admin/")
    assert "待办" not in visitor.text()


def test_a_worker_reads_no_english(visit, world, pages):
    visitor, words = visit(javascript=False), {}
    for path in pages:
        visitor.page.goto(visitor.base_url + path)
        shown = set(re.findall(r"[A-Za-z]{2,}", visitor.text())) - NAMES
        if shown:
            words[path] = shown
    assert words == {}
