"""The officials' lists page by key: every row once, there and back, however the list is ordered."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Case, F, Value, When
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from core.admin import PortalModelAdmin
from core.admin.keyset import Keyset, open_key, seal_key
from workers.models import Worker

pytestmark = pytest.mark.django_db
LIST = "/admin/workers/worker/"
ORDERS = [
    ["pk"],
    ["-pk"],
    ["full_name", "-pk"],
    ["birth_date", "pk"],
    ["-birth_date", "pk"],
    [F("birth_date").asc(nulls_first=True), "sex", "-pk"],
    [F("birth_date").desc(nulls_last=True), "pk"],
    ["sex", "birth_date", "-pk"],
    ["broker", "-pk"],
    ["broker__username", "pk"],
    [Case(When(sex="1", then=0), default=1), "-birth_date", "pk"],
    [Case(When(sex="1", then=Value(1))).desc(), "pk"],
]


@pytest.fixture
def crowd(at, jiangjin_official):
    """Forty people with many equal and missing values."""
    Worker.objects.bulk_create(
        Worker(
            full_name="王李张"[n % 3],
            sex="12"[n % 2],
            birth_date=None if n % 4 == 0 else date(1980, 1, 1) + timedelta(days=n % 5),
            broker=jiangjin_official if n % 7 == 0 else None,
            hukou_division="500116001",
            created_at=at,
        )
        for n in range(40)
    )


def walked(queryset, *, per_page):
    """Every page from the first to the last, then those before the last, again in the order of the list."""
    pages = Keyset(queryset, per_page)
    there, key, more = [], None, True
    while more:
        rows, more = pages.page(key, backwards=False)
        there.append([row.pk for row in rows])
        key = pages.values_of(rows[-1])
        first = pages.values_of(rows[0])
    back, more = [], True
    while more:
        rows, more = pages.page(first, backwards=True)
        back.insert(0, [row.pk for row in rows])
        first = pages.values_of(rows[0])
    return there, back


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("per_page", [1, 7, 13])
def test_pages_hold_every_row_once_and_in_order_there_and_back(crowd, order, per_page):
    queryset = Worker.objects.order_by(*order)
    there, back = walked(queryset, per_page=per_page)
    expected = list(queryset.values_list("pk", flat=True))
    assert [pk for page in there for pk in page] == expected
    assert [pk for page in back for pk in page] == expected[: -len(there[-1])]


def test_a_deep_page_starts_at_its_key_and_passes_over_nothing(crowd):
    """Read in the order of an index: the key is where the walk begins, not a condition on every row before it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("CREATE INDEX crowd_by_birth ON workers_worker (birth_date DESC NULLS LAST, id)")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    pages = Keyset(Worker.everyone.order_by(F("birth_date").desc(nulls_last=True), "pk"), 7)
    rows, _more = pages.page(None, backwards=False)
    with CaptureQueriesContext(connection) as asked:
        pages.page(pages.values_of(rows[-1]), backwards=False)
    [sql] = [query["sql"] for query in asked.captured_queries]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "crowd_by_birth" in plan and "Sort" not in plan
    assert re.search(r"Index Cond: \(birth_date <= ", plan)


def test_a_page_address_opens_for_nobody_else_and_for_no_other_order(crowd, jiangjin_official, fengjie_official):
    pages = Keyset(Worker.objects.order_by("full_name", "-pk"), 7)
    key = pages.values_of(pages.page(None, backwards=False)[0][-1])
    token = seal_key(key, pages.keys, jiangjin_official)
    assert open_key(token, pages.keys, jiangjin_official) == key
    assert open_key(token, pages.keys, fengjie_official) is None
    assert open_key(token, Keyset(Worker.objects.order_by("full_name", "pk"), 7).keys, jiangjin_official) is None


@pytest.mark.parametrize("token", ["", "1", "~", "!!", "AAAA", "A" * 3000, "é"])
@pytest.mark.parametrize("name", ["after", "before"])
def test_a_made_up_page_is_the_first_page(crowd, jiangjin_official, client_of, name, token):
    page = client_of(jiangjin_official).get(LIST, {name: token})
    assert page.status_code == 200 and 'rel="prev"' not in page.content.decode()


def link(shown, rel):
    found = re.search(rf'rel="{rel}" href="([^"]*)"', shown)
    return found and unescape(found[1])


def test_an_official_turns_pages_there_and_back_within_a_filter(crowd, jiangjin_official, client_of, monkeypatch):
    monkeypatch.setattr(admin.site.get_model_admin(Worker), "list_per_page", 7)
    desk, seen, address = client_of(jiangjin_official), [], "?sex__exact=1"
    while address:
        shown = desk.get(f"{LIST}{address}").content.decode()
        seen.append(re.findall(r">(W\d{9})<", shown))
        last, address = shown, link(shown, "next")
    men = Worker.objects.filter(sex="1").order_by("-pk").values_list("worker_no", flat=True)
    assert [number for page in seen for number in page] == list(men) and len(seen) == 3
    assert "共 20 条" in last
    before = desk.get(f"{LIST}{link(last, 'prev')}").content.decode()
    assert re.findall(r">(W\d{9})<", before) == seen[1]
    assert "王" not in link(last, "prev")


def test_another_filter_or_another_search_begins_at_the_first_page(crowd, jiangjin_official, client_of, monkeypatch):
    monkeypatch.setattr(admin.site.get_model_admin(Worker), "list_per_page", 7)
    desk = client_of(jiangjin_official)
    second = link(desk.get(LIST).content.decode(), "next")
    shown = desk.get(f"{LIST}{second}").content.decode()
    filters = re.findall(r'href="(\?[^"]*)"', shown.split('id="changelist-filter"')[1])
    assert filters and not any("after=" in address for address in filters)
    assert "after=" not in re.search(r'id="changelist-search"[^>]*action="([^"]*)"', shown)[1]
    assert "after=" not in desk.post(f"{LIST}{second}", {"q": "王"}).url


def test_every_list_of_the_officials_turns_its_pages_by_key(city_official):
    """Its own order and every column that it offers to order by."""
    request = RequestFactory().get("/")
    request.user = city_official
    asked = 0
    for model_admin in admin.site._registry.values():
        if not isinstance(model_admin, PortalModelAdmin):
            continue
        columns = range(len(model_admin.get_list_display(request)))
        for choice in ["", *(f"o={sign}{n}" for n in columns for sign in ("", "-"))]:
            request.GET = RequestFactory().get(f"/?{choice}").GET
            listed = model_admin.get_changelist_instance(request)
            keys = Keyset(listed.queryset, 1).keys
            assert keys, (model_admin, choice)
            asked += 1
    assert asked > 100


def test_no_list_counts_its_rows(crowd, jiangjin_official, client_of, monkeypatch):
    """So many keys are looked up; beyond that it says about how many, also where the planner had expected few."""
    monkeypatch.setattr("workers.admin.listing.FEW", 5)
    monkeypatch.setattr("workers.admin.listing.planned", lambda queryset: 3)
    monkeypatch.setattr(admin.site.get_model_admin(Worker), "list_per_page", 7)
    with CaptureQueriesContext(connection) as asked:
        shown = client_of(jiangjin_official).get(LIST).content.decode()
    said = [q["sql"] for q in asked.captured_queries if 'FROM "workers_worker"' in q["sql"]]
    assert said and all("LIMIT" in sql and "COUNT(" not in sql for sql in said)
    assert re.search(r"约 5 条", shown)
