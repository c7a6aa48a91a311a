"""The officials' list by the sidebar's choices, places and names: the same people as by the columns, and by index."""

import itertools
import random

import pytest
from django.contrib import admin
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from workers.admin import found_by, listing
from workers.facets import LETTERS
from workers.models import Worker
from workers.services.derivation import pinyin_key

NAMED = ["王伟", "王维刚", "王五", "汪洋", "欧阳娜娜", "李雷", "买买提·吐尔逊", "O'Brien", ""]
PLACES = ["500116001", "500116002", "500236001", "500116", "50", "330106", ""]


def choices_of(column):
    return [code for code, _label in Worker._meta.get_field(column).choices]


@pytest.fixture
def crowd(db, at):
    rng = random.Random(7)
    rows = [
        Worker(
            full_name=name,
            name_pinyin=pinyin_key(name),
            hukou_division=rng.choice(PLACES),
            residence_division=rng.choice(PLACES),
            created_at=at,
            **{column: rng.choice([*choices_of(column)[:3], ""]) for column in LETTERS},
        )
        for name in NAMED
        for _ in range(12)
    ]
    Worker.objects.bulk_create(rows)
    return rows


def listed(user, **chosen):
    request = RequestFactory().get("/", {f"{column}__exact": value for column, value in chosen.items()})
    request.user = user
    return {row.pk for row in admin.site.get_model_admin(Worker).get_changelist_instance(request).result_list}


@pytest.fixture(autouse=True)
def _long_pages(monkeypatch):
    monkeypatch.setattr(admin.site.get_model_admin(Worker), "list_per_page", 500)


@pytest.mark.parametrize("pair", list(itertools.combinations(LETTERS, 2)), ids=str)
def test_choices_of_the_sidebar_find_whom_the_columns_find(crowd, city_official, jiangjin_official, pair):
    for user, values in itertools.product(
        (city_official, jiangjin_official), itertools.product(*(choices_of(column)[:3] for column in pair))
    ):
        chosen = dict(zip(pair, values, strict=True))
        expected = Worker.objects.visible_to(user).filter(**chosen).values_list("pk", flat=True)
        assert listed(user, **chosen) == set(expected)


@pytest.mark.parametrize(
    "places", [["500116"], ["500116001"], ["500116", "500236"], ["500116001", "500236"], ["50"], []]
)
def test_the_list_shows_the_same_people_as_the_door_to_the_registry(crowd, jiangjin_official, places):
    prefixes = list(places)
    official = type(jiangjin_official).objects.get(pk=jiangjin_official.pk)
    official.jurisdiction_prefixes = lambda: prefixes
    expected = Worker.objects.visible_to(official)
    assert set(Worker.objects.listed_for(official)) == set(expected)
    assert bool(expected) == bool(places)


def test_a_worker_and_a_broker_list_as_they_see(crowd, worker, mandate, wang_wei, du_gaotian):
    assert list(Worker.objects.listed_for(wang_wei)) == list(Worker.objects.listed_for(du_gaotian)) == [worker]


FOUND = {
    "王": {"王伟", "王维刚", "王五"},
    "王伟": {"王伟"},
    "王 伟": {"王伟"},
    "伟": set(),
    "wangw": {"王伟", "王维刚", "王五"},
    "Wang W": {"王伟", "王维刚", "王五"},
    "wang": {"王伟", "王维刚", "王五", "汪洋"},
    "ww": {"王伟", "王五"},
    "WWG": {"王维刚"},
    "oynn": {"欧阳娜娜"},
    "ouyang": {"欧阳娜娜"},
    "ll": {"李雷"},
    "买买提": {"买买提·吐尔逊"},
    "o'b": {"O'Brien"},
    "xyz": set(),
    "'": set(),
    "\\": set(),
    "' | 'n": set(),
    "王':* | 'n": set(),
}


@pytest.mark.parametrize(("typed", "names"), FOUND.items())
def test_names_are_found_by_their_beginning_their_pinyin_and_their_initials(crowd, typed, names):
    assert {row.full_name for row in found_by(Worker.objects.all(), typed)} == names


@pytest.mark.parametrize("typed", ["王", "wangw", "ww"])
def test_names_are_found_within_the_jurisdiction_only(crowd, fengjie_official, typed):
    found = set(found_by(Worker.objects.listed_for(fengjie_official), typed))
    everybody = set(found_by(Worker.objects.all(), typed))
    assert found and found == everybody & set(Worker.objects.visible_to(fengjie_official))


def test_rare_choices_and_names_are_read_from_their_index(crowd, jiangjin_official):
    request = RequestFactory().get("/", {"sex__exact": "1", "industry__exact": "A"})
    request.user = jiangjin_official
    chosen = admin.site.get_model_admin(Worker).get_changelist_instance(request).queryset
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    plan = chosen.values("pk")[:51].explain()
    assert plan.count("@> '{") == 2 * 3 and "workers_by_facets" in plan  # each as condition and as recheck
    assert "workers_by_name" in Worker.objects.named("王伟").values("pk")[:51].explain()


def test_two_values_of_one_choice_are_either(crowd, city_official):
    request = RequestFactory().get("/?sex__exact=1&sex__exact=2")
    request.user = city_official
    rows = admin.site.get_model_admin(Worker).get_changelist_instance(request).queryset
    assert set(rows) == set(Worker.objects.visible_to(city_official).filter(sex__in="12"))


def listing_of(user, **chosen):
    request = RequestFactory().get("/", {f"{column}__exact": value for column, value in chosen.items()})
    request.user = user
    with CaptureQueriesContext(connection) as asked:
        listing = admin.site.get_model_admin(Worker).get_changelist_instance(request)
    return listing, [query["sql"] for query in asked.captured_queries]


def settings_now():
    with connection.cursor() as cursor:
        names = ["enable_indexscan", "enable_bitmapscan", "enable_seqscan", "statement_timeout"]
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [names])
        return dict(cursor.fetchall())


def test_a_value_that_nobody_has_is_not_looked_for_in_every_row(crowd, city_official):
    """However many rows PostgreSQL guesses, a rare choice is read from the index, and the next query is planned freely
    again."""
    before = settings_now()
    listing, said = listing_of(city_official, industry="T")
    [keys] = [n for n, sql in enumerate(said) if "LIMIT 10000" in sql]
    assert "enable_indexscan" in said[keys - 1] and "off" in said[keys - 1]
    assert not listing.result_list and (listing.count.number, listing.count.exact) == (0, True)
    assert settings_now() == before


def test_a_page_that_breaks_off_leaves_the_planner_as_it_was(crowd, city_official, monkeypatch):
    """The connection outlives the request: a walk of bitmaps only would be every later query's."""

    def broken(*_args):
        raise ValueError

    monkeypatch.setattr(listing.PortalChangeList, "read", broken)
    before = settings_now()
    with pytest.raises(ValueError):
        listing_of(city_official, industry="T")
    assert settings_now() == before


def test_more_than_are_looked_up_are_read_in_the_order_of_the_list(crowd, city_official, monkeypatch):
    monkeypatch.setattr(listing, "FEW", 3)
    monkeypatch.setattr(listing, "planned", lambda queryset: 1)
    before = settings_now()
    found, said = listing_of(city_official, sex="1")
    assert "enable_bitmapscan" in said[-3] and "ORDER BY" in said[-2]
    expected = Worker.objects.visible_to(city_official).filter(sex="1").order_by("-pk")
    assert [row.pk for row in found.result_list] == list(expected.values_list("pk", flat=True))
    assert settings_now() == before


def test_choices_that_never_meet_are_given_up_in_the_order_of_the_list(crowd, city_official, monkeypatch):
    """PostgreSQL expects many, so the page itself is tried first, and no longer than it is worth."""
    monkeypatch.setattr(listing, "planned", lambda queryset: 1_000_000)
    before = settings_now()
    expected = set(Worker.objects.visible_to(city_official).filter(sex="1").values_list("pk", flat=True))
    found, said = listing_of(city_official, sex="1")
    assert {row.pk for row in found.result_list} == expected and not [sql for sql in said if "LIMIT 10000" in sql]
    read = listing.PortalChangeList.read

    def slow(self, request):
        if self.known is None:
            connection.cursor().execute("SELECT pg_sleep(5)")
        read(self, request)

    monkeypatch.setattr(listing, "PATIENCE_MS", 20)
    monkeypatch.setattr(listing.PortalChangeList, "read", slow)
    found, said = listing_of(city_official, sex="1")
    assert {row.pk for row in found.result_list} == expected and [sql for sql in said if "LIMIT 10000" in sql]
    assert (found.count.number, found.count.exact) == (len(expected), True)
    assert settings_now() == before


@pytest.mark.parametrize("expected", [1, 1_000_000])
@pytest.mark.parametrize("few", [3, 10_000])
@pytest.mark.parametrize("order", ["", "-0", "0"])
def test_pages_follow_each_other_however_they_are_read(
    crowd, city_official, jiangjin_official, monkeypatch, expected, few, order
):
    """By the walk of both tables' key, by the known keys' own order and by another, forwards and back."""
    monkeypatch.setattr(listing, "planned", lambda queryset: expected)
    monkeypatch.setattr(listing, "FEW", few)
    monkeypatch.setattr(admin.site.get_model_admin(Worker), "list_per_page", 7)
    for user in (city_official, jiangjin_official):
        found = Worker.objects.visible_to(user).filter(sex="1")
        rows = list(found.order_by({"": "-pk", "-0": "-worker_no", "0": "worker_no"}[order]))
        pages, address = [], f"?sex__exact=1&o={order}"
        for link in ("next_url", "previous_url"):
            while address:
                request = RequestFactory().get(f"/{address}")
                request.user = user
                page = admin.site.get_model_admin(Worker).get_changelist_instance(request)
                pages.append(page.result_list)
                address = getattr(page, link)
            if link == "next_url":
                forwards, pages, address = pages, [], page.previous_url
        assert [row for page in forwards for row in page] == rows and len(forwards) > 2
        assert [row for page in pages[::-1] for row in page] == rows[: 7 * (len(forwards) - 1)]


def test_a_district_finds_its_few_without_reading_the_wide_table(crowd, jiangjin_official):
    _page, said = listing_of(jiangjin_official, industry="A")
    [keys] = [sql for sql in said if "LIMIT 10000" in sql]
    assert "workers_workerfacets" in keys and 'workers_worker"' not in keys and keys.count("@>") == 2


def test_a_street_finds_its_few_among_those_of_its_district(crowd, jiangjin_official):
    jiangjin_official.jurisdiction_prefixes = lambda: ["500116001"]
    page, _said = listing_of(jiangjin_official, sex="1")
    expected = Worker.objects.visible_to(jiangjin_official).filter(sex="1").order_by("-pk")
    assert list(page.result_list) == list(expected) and (page.count.number, page.count.exact) == (len(expected), True)
    assert 0 < len(expected) < Worker.objects.filter(sex="1").count()
