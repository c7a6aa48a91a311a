"""The officials' list: in the order of its indexes, searched by whole numbers only."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import RequestFactory

from core.crypto import blind_index
from housing import services
from housing.models import HousingApplication

from .conftest import id_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan_of():
    """`plan_of(user, "queue=office")`: how PostgreSQL reads the first page, where it would rather use an index."""

    def explain(user, query):
        model_admin = admin.site.get_model_admin(HousingApplication)
        request = RequestFactory().get(f"/admin/housing/housingapplication/?{query}")
        request.user = user
        rows = model_admin.get_changelist_instance(request).get_queryset(request)[:50]
        sql, params = rows.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
            )
            cursor.execute(f"EXPLAIN {sql}", params)
            return "\n".join(line for (line,) in cursor.fetchall())

    return explain


@pytest.mark.parametrize(
    "query", ["", "queue=running", "queue=office", "queue=overdue", "state__exact=leased", "unit_kind__exact=studio"]
)
@pytest.mark.parametrize(("person", "index"), [("city_official", "_list|_by_state"), ("jiangjin_official", "_local")])
def test_the_first_page_comes_out_of_an_index_in_its_order(person, index, query, plan_of, request):
    plan = plan_of(request.getfixturevalue(person), query)
    assert "Sort" not in plan
    assert any(f"housing_application{name} " in plan for name in index.split("|"))


def test_a_person_is_found_as_applicant_and_in_a_household_and_each_application_once(
    submitted, make_worker, li_fang, at
):
    spouse, nobody = id_number("19850302", 2), id_number("19850302", 5)
    rows = HousingApplication.objects.order_by("-pk")
    assert list(rows.of_person(blind_index("id_number", spouse))) == [submitted]
    assert list(rows.of_person(bytes(submitted.worker.id_number_index))) == [submitted]
    assert not rows.of_person(blind_index("id_number", nobody)).exists()
    other = services.start(make_worker(li_fang, "19850302", 2), by=li_fang, at=at)
    assert list(rows.of_person(blind_index("id_number", spouse))) == [other, submitted]


def test_looking_for_a_person_reads_two_indexes_and_no_table(submitted):
    found = HousingApplication.objects.of_person(b"x" * 32)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + found.query.sql_with_params()[0], found.query.sql_with_params()[1])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "housing_member_person" in plan and "Seq Scan" not in plan


def test_two_open_objections_are_one_line_of_the_list(publicised, li_fang, du_gaotian, client_of, city_official, at):
    for person in (li_fang, du_gaotian):
        services.raise_objection(publicised, text="他家在江津有两套房子。", by=person, at=at)
    assert list(HousingApplication.objects.with_open_objection()) == [publicised]
    page = client_of(city_official).get("/admin/housing/housingapplication/?queue=objections").text
    assert page.count(publicised.number) == 1


def test_the_search_box_finds_by_id_number_and_keeps_it_out_of_the_address(submitted, client_of, jiangjin_official):
    browser, number = client_of(jiangjin_official), id_number("19850302", 2)
    answer = browser.post("/admin/housing/housingapplication/", {"q": number})
    assert number not in answer["Location"]
    assert submitted.number in browser.get(answer["Location"]).text
