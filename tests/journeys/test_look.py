"""The look in a real browser: every component, three screens, normal, elder and dark."""

import re

import pytest

from .conftest import AXE, RULES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS = {"phone": (360, 640), "tablet": (800, 1280), "desk": (1280, 800)}
MODES = ["normal", "elder", "dark"]
SMALLEST = {"normal": 44, "dark": 44, "elder": 60}
# Height of what a finger meets: the control itself, or the label that works it.
TOO_SMALL = """least => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter(e => e.offsetParent && !e.matches('.skip, [type=hidden]'))
  .map(e => [e, Math.max(...[e, ...(e.labels || [])].map(x => x.getBoundingClientRect().height))])
  .filter(([_, height]) => Math.round(height) < least).map(([e, height]) => [e.outerHTML.slice(0, 90), height])"""
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"
SMALLEST_TEXT = """Math.min(...[...document.querySelectorAll('main *')]
  .filter(e => e.offsetParent && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.closest('svg'))
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""


@pytest.fixture
def look_at(browser, live_server, settings):
    """`look_at(path, screen, mode)` opens a page as somebody with that screen and mode sees it."""
    contexts = []

    def open_page(path: str, screen: str, mode: str):
        settings.DEBUG = path.startswith("/styleguide/")  # exists only with it
        width, height = SCREENS[screen]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if mode == "dark" else "light",
            locale="zh-CN",
        )
        contexts.append(context)
        if mode == "elder":
            context.add_cookies([{"name": "elder", "value": "1", "url": live_server.url}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", ["/", "/styleguide/", "/no/such/page/"])
def test_a_page_is_accessible_fits_its_screen_and_can_be_tapped(look_at, path, screen, mode):
    page = look_at(path, screen, mode)
    page.evaluate(AXE)
    faults = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(TOO_SMALL, SMALLEST[mode]) == []
    assert [text for text in page.complaints if "404" not in text] == []


@pytest.mark.parametrize("path", ["/", "/styleguide/"])
def test_text_at_twice_its_size_needs_no_sideways_scroll(look_at, path):
    page = look_at(path, "phone", "normal")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(SIDEWAYS) <= 0


def test_elder_mode_writes_everything_in_22_pixels_or_more(look_at):
    assert look_at("/styleguide/", "phone", "elder").evaluate(SMALLEST_TEXT) >= 22
    assert look_at("/styleguide/", "phone", "normal").evaluate(SMALLEST_TEXT) < 22


def test_one_tap_changes_the_mode_without_leaving_the_page(look_at):
    page = look_at("/styleguide/?here=1", "phone", "normal")
    page.get_by_role("button", name="长者模式").click()
    assert page.url.endswith("/styleguide/?here=1")
    assert page.locator("html.elder").count() == 1


def test_the_broker_chooses_all_and_the_bar_counts(look_at):
    page = look_at("/styleguide/", "tablet", "normal")
    assert page.locator(".bar").inner_text().startswith("已选 1 人")
    page.get_by_label("全选").check()
    assert page.locator(".bar").inner_text().startswith("已选 2 人")
    bottom = page.locator(".bar").bounding_box()
    assert round(bottom["y"] + bottom["height"]) == SCREENS["tablet"][1]


def test_the_error_summary_has_the_focus_and_leads_to_the_field(look_at):
    page = look_at("/styleguide/", "phone", "normal")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    page.get_by_role("link", name="请填写：姓名").click()
    assert page.evaluate("document.activeElement.name") == "wrong-name"


def test_a_picture_of_twelve_megapixels_is_made_small_before_it_leaves_the_phone(look_at):
    page = look_at("/styleguide/", "phone", "normal")
    size = page.evaluate(
        """async () => {
          const canvas = document.createElement('canvas');
          canvas.width = 4000; canvas.height = 3000;
          const paper = canvas.getContext('2d'), noise = paper.createImageData(4000, 3000);
          for (let i = 0; i < noise.data.length; i++) noise.data[i] = i % 4 === 3 ? 255 : (i * 2654435761 >>> 24);
          paper.putImageData(noise, 0, 0);
          const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.95));
          const bag = new DataTransfer(), input = document.getElementById('photos_album');
          bag.items.add(new File([blob], '工资条.jpg', {type: 'image/jpeg'}));
          input.files = bag.files;
          input.dispatchEvent(new Event('change'));
          return blob.size;
        }"""
    )
    assert size > 400 * 1024
    page.get_by_text(re.compile(r"^\d+ KB$")).wait_for()
    assert page.evaluate("document.getElementById('photos_album').files[0].size") <= 400 * 1024
    assert "工资条.jpg" in page.locator("[data-files]").first.inner_text()
