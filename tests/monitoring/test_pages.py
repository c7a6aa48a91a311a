"""The reports as people see them: public when published, otherwise for officials only."""

import gzip
import re

import pytest
from django.conf import settings
from django.urls import reverse

from monitoring import services
from monitoring.models import Report
from monitoring.periods import parse

pytestmark = pytest.mark.django_db
CITY = "/reports/2026-10/"
JIANGJIN = "/reports/2026-10/500116/"
PAGES = ["/reports/", CITY, JIANGJIN, "/reports/definitions/"]
PAGE_BUDGET = 60_000  # bytes transferred, of which the page itself may take:
HTML_BUDGET = 25_000


def text_of(response):
    return re.sub(r"<[^>]+>", " ", response.content.decode())


@pytest.fixture
def draft(october, november):
    """A second version of October, not yet published."""
    return services.build(parse("2026-10"), by=None, at=november)


@pytest.mark.parametrize("url", PAGES)
def test_published_reports_are_open_to_everybody(client, october, url):
    assert client.get(url).status_code == 200


def test_the_city_page_has_lead_tiles_map_table_and_definitions(client, october):
    page = client.get(CITY)
    words = text_of(page)
    assert "全市登记农民工" in words and "外出务工占" in words
    assert "第 1 版" in words and "数据截至 2026年10月31日" in words
    assert page.content.decode().count('<rect class="shade-') == 38
    assert page.content.decode().count(reverse("monitoring:district", args=["2026-10", "500116"])) == 1
    assert "两江新区" in words and "不公布" in words


def test_the_month_before_and_the_year_before_stand_beside(client, october, registry):
    page = text_of(client.get(CITY))
    assert "比上月增加" in page
    for period in ("2026-09", "2025-10"):
        report = Report.objects.get(period=period)
        total = report.sheets.get(division="500000").figures["workers.total"]["all"]
        assert f"{total}" in page


def test_a_district_page_says_whose_it_is_and_warns_where_the_district_changed(client, october):
    assert "江津区农民工监测报告" in text_of(client.get(JIANGJIN))
    assert "区划有变" not in text_of(client.get(JIANGJIN))
    assert "区划有变" in text_of(client.get("/reports/2026-10/500112/"))


@pytest.mark.parametrize("who", ["anonymous", "wang_wei", "du_gaotian"])
@pytest.mark.parametrize("path", ["", "500116/", "changes/", "report.csv", "report.xlsx"])
def test_a_draft_does_not_exist_for_the_public(request, client, client_of, draft, who, path):
    browser = client if who == "anonymous" else client_of(request.getfixturevalue(who))
    assert browser.get(f"{CITY}{path}?version=2").status_code == 404


@pytest.mark.parametrize("who", ["jiangjin_official", "city_official", "auditor"])
def test_officials_and_auditors_preview_a_draft(request, client_of, draft, who):
    page = client_of(request.getfixturevalue(who)).get(f"{CITY}?version=2")
    assert page.status_code == 200
    assert "草稿，没有发布" in text_of(page)


def test_a_month_with_nothing_but_a_draft_is_absent_for_the_public(client, registry, november):
    services.build(parse("2026-10"), by=None, at=november)
    assert client.get(CITY).status_code == 404
    assert "2026" not in text_of(client.get("/reports/")).replace("2026 Nov", "")


def test_a_withdrawn_report_is_gone_for_the_public_and_kept_for_auditors(
    client, client_of, october, city_official, auditor, november
):
    services.withdraw(october, by=city_official, at=november, reason="口径有误")
    assert client.get(CITY).status_code == 404
    assert "已撤回" in text_of(client_of(auditor).get(CITY))


def test_a_replaced_version_stays_readable_and_says_so(client, draft, city_official, november):
    services.publish(draft, by=city_official, at=november)
    old = text_of(client.get(f"{CITY}?version=1"))
    assert "这是旧版" in old and "已由第 2 版代替" in old
    assert "第 2 版" in text_of(client.get(CITY))
    assert client.get(f"{CITY}changes/").status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/reports/2026-13/",
        "/reports/2026-10/999999/",
        "/reports/2026-10/500999/",
        "/reports/2031-01/",
        "/reports/2026-10/?version=9",
        "/reports/2026-10/?version=x",
        "/reports/2026-10/?version=²",
        "/reports/2026-10/?version=99999999999999999999",
        "/reports/2026-10/report.csv?district=500999",
        "/reports/2026-10/report.csv?district=%00",
        "/reports/2026-10/changes/",
    ],
)
def test_unknown_months_districts_and_versions_are_404(client, october, url):
    assert client.get(url).status_code == 404


def test_the_pages_change_nothing_and_refuse_posts(client, october):
    for url in PAGES:
        assert client.post(url).status_code == 405


@pytest.mark.parametrize("url", PAGES)
def test_pages_stay_within_their_budget(client, october, url):
    size = len(gzip.compress(client.get(url).content))
    print(f"{url}: {size} bytes of {HTML_BUDGET}")
    assert size <= HTML_BUDGET


def test_a_page_asks_the_same_number_of_queries_for_many_months(client, october, queries_do_not_grow, november):
    def add():
        for period in ("2026-08", "2026-07"):
            services.build(parse(period), by=None, at=november)

    queries_do_not_grow(client, "/reports/", add)


def test_a_report_takes_a_handful_of_queries(client, october, django_assert_max_num_queries):
    client.get(CITY)
    for url in (CITY, JIANGJIN):
        with django_assert_max_num_queries(5):
            client.get(url)


def test_no_page_of_a_report_shows_a_number_that_the_sheet_keeps_back(client, october):
    """The Chongqing districts nobody lives in show zeros; small ones show words."""
    figures = october.sheets.get(division="500116").figures
    hidden = [key for cells in figures.values() for key, number in cells.items() if number is None]
    assert hidden, "the small population must have something to keep back"
    assert client.get(JIANGJIN).content.decode().count("不公布") >= len(hidden)


@pytest.mark.parametrize("page", ["", "500116/", "changes/"])
def test_every_page_of_a_report_prints_on_numbered_a4_sheets(client, october, registry, city_official, november, page):
    if page == "changes/":
        services.publish(services.build(parse("2026-10"), by=None, at=november), by=city_official, at=november)
    text = client.get(f"/reports/2026-10/{page}").text
    assert '<body class="printed">' in text
    style = (settings.BASE_DIR / "static/css/components.css").read_text()
    assert "@page report { size: A4;" in style and "counter(pages)" in style and ".printed { page: report; }" in style
