"""The officials' list at the size of a city: answered by indexes in its order, whatever is filtered."""

import re
from datetime import timedelta

import pytest
from django.contrib import admin
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wages import services
from wages.models import Case

pytestmark = pytest.mark.django_db
FILTERS = [
    "",
    "due=overdue",
    "due=today",
    "due=open",
    "due=closed",
    "handler=me",
    "handler=none",
    "state__exact=police_transfer",
    "kind__exact=report",
    "field_type__exact=other",
    "o=-8",
]


def listed(user, query=""):
    """The admin's own change list, as the page shows it."""
    request = RequestFactory().get(f"/admin/wages/case/?{query}")
    request.user = user
    return admin.site.get_model_admin(Case).get_changelist_instance(request)


@pytest.fixture
def many(filed, code, jiangjin_official, city_official):
    """Sixty cases, some of them ended, some taken."""
    at = timezone.now() - timedelta(days=30)
    cases = [filed(at=at + timedelta(hours=n), code=code) for n in range(60)]
    for case in cases[::4]:
        services.withdraw(case, by=None, at=timezone.now())
    for case in cases[1::4]:
        services.assign(case, to=jiangjin_official, by=city_official, at=timezone.now())
    return cases


def plan_of_the_page(user, query):
    """How PostgreSQL finds the page's rows when it may neither read the whole table nor sort."""
    rows = listed(user, query).queryset.values_list("pk")[:50]
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return rows.explain()


@pytest.mark.parametrize("query", FILTERS)
@pytest.mark.parametrize("place", ["city", "district"])
def test_every_choice_of_the_list_has_an_index_in_its_order(city_official, jiangjin_official, place, query):
    plan = plan_of_the_page(city_official if place == "city" else jiangjin_official, query)
    assert "Index" in plan and "Seq Scan on wages_case" not in plan
    if query != "o=-8":  # by the time of submission, within equal times by number
        assert "Sort" not in plan, plan


def test_one_district_chosen_by_the_city_reads_that_districts_index(city_official):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX wages_case_desk")  # of a table without rows both cost the same
    assert "wages_case_desk_district" in plan_of_the_page(city_official, "district=500116")


def test_the_city_reads_the_district_by_name_and_a_district_has_no_such_column(
    client_of, city_official, jiangjin_official, filed, code
):
    filed(at=timezone.now(), code=code)
    city, own = (
        client_of(user).get("/admin/wages/case/").content.decode() for user in (city_official, jiangjin_official)
    )
    assert re.search(r'class="field-where">江津区<', city) and "field-where" not in own


def test_pages_show_every_case_once_and_in_order(many, city_official):
    first = listed(city_official)
    second = listed(city_official, first.next_url.lstrip("?"))
    shown = [case.pk for page in (first, second) for case in page.result_list]
    assert shown == list(Case.objects.by_deadline().values_list("pk", flat=True)) and len(shown) == 60


def test_a_page_reads_its_own_rows_only(many, city_official):
    """What comes before them is passed over by key."""
    second = listed(city_official).next_url.lstrip("?")
    with CaptureQueriesContext(connection) as asked:
        listed(city_official, second)
    wide = [q["sql"] for q in asked.captured_queries if '"wages_case"."employer_name"' in q["sql"]]
    assert wide and not any("OFFSET" in sql for sql in wide)
    assert all('"wages_case"."id" < ' in sql for sql in wide)


def test_open_and_closed_share_out_all_cases(many):
    assert set(Case.objects.open()) | set(Case.objects.closed()) == set(Case.objects.all())
    assert not Case.objects.open() & Case.objects.closed()


@pytest.mark.parametrize(("places", "seen"), [(["500116"], True), (["500236"], False), (["500236", "500116"], True)])
def test_a_district_sees_its_cases_and_no_others(filed, code, jiangjin_official, at, places, seen):
    case = filed(at=at, code=code)
    jiangjin_official.jurisdictions.set(places)
    assert (case in Case.objects.visible_to(type(jiangjin_official).objects.get(pk=jiangjin_official.pk))) is seen


def test_a_township_sees_its_own_part_of_the_district(filed, jiangjin_official, at):
    from core.models import Division

    township = Division.objects.filter(code__startswith="500116", level="township").first()
    township = township or Division.objects.create(
        code="500116100", name="几江街道", parent_id="500116", level="township", valid_from=at.date()
    )
    inside, outside = filed(at=at), filed(at=at)
    Case.objects.filter(pk=inside.pk).update(division=township.code)
    jiangjin_official.jurisdictions.set([township.code])
    official = type(jiangjin_official).objects.get(pk=jiangjin_official.pk)
    assert list(Case.objects.visible_to(official)) == [inside] and outside.district == "500116"


def test_nobodys_jurisdiction_shows_nothing(filed, code, jiangjin_official, at):
    filed(at=at, code=code)
    jiangjin_official.jurisdictions.clear()
    assert not Case.objects.visible_to(type(jiangjin_official).objects.get(pk=jiangjin_official.pk)).exists()
