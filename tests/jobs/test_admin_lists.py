"""The officials' lists begin with what an index holds: PostgreSQL never sorts a whole table for a first page."""

import json

import pytest
from django.contrib import admin
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from employers.models import Employer
from jobs.models import Application, Recommendation, Vacancy

pytestmark = pytest.mark.django_db

LISTS = [
    *((Vacancy, said) for said in ({}, {"state__exact": "pending"}, {"state__exact": "published"})),
    *((Application, said) for said in ({}, {"state__exact": "hired"})),
    *((Recommendation, said) for said in ({}, {"state__exact": "offered"})),
    *((Employer, said) for said in ({}, {"state__exact": "pending"})),
]
# A filter that few rows differ in needs an index of its own only where the whole city is listed.
OF_THE_CITY = [
    *((model, {"district": "500116"}) for model in (Vacancy, Application, Recommendation)),
    (Application, {"source__exact": "self"}),
    (Employer, {"industry__exact": "B"}),
    (Employer, {"arrears_standing__exact": "open"}),
]


def plan_of(user, model, said):
    """How PostgreSQL reads the list's first page when it may sort only what no index holds in order."""
    request = RequestFactory().get("/", said)
    request.user = user
    with CaptureQueriesContext(connection) as asked:
        list(admin.site.get_model_admin(model).get_changelist_instance(request).result_list)
    page = f' FROM "{model._meta.db_table}" '
    [sql] = [said["sql"] for said in asked.captured_queries if page in said["sql"] and " ORDER BY " in said["sql"]]
    with connection.cursor() as cursor:
        for path in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{path} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0]
    return json.dumps(plan)


@pytest.mark.parametrize(("model", "said"), LISTS)
def test_a_districts_first_page_comes_in_the_order_of_an_index(jiangjin_official, model, said):
    assert 'Sort"' not in plan_of(jiangjin_official, model, said)


@pytest.mark.parametrize(("model", "said"), [*LISTS, *OF_THE_CITY])
def test_the_citys_first_page_comes_in_the_order_of_an_index(city_official, model, said):
    assert 'Sort"' not in plan_of(city_official, model, said)


def test_the_check_would_notice_a_sort(city_official, monkeypatch):
    monkeypatch.setattr(admin.site.get_model_admin(Application), "ordering", ["closed_at", "pk"])
    assert 'Sort"' in plan_of(city_official, Application, {})


@pytest.mark.parametrize("model", [Vacancy, Application, Recommendation])
def test_no_heading_offers_to_sort_the_whole_table(city_official, client_of, model):
    page = client_of(city_official).get(f"/admin/jobs/{model._meta.model_name}/").content.decode()
    assert "?o=" not in page


def test_a_vacancy_is_found_by_the_employers_code_and_by_a_titles_beginning(city_official, vacancy, make_vacancy):
    make_vacancy(title="焊工")
    listed = admin.site.get_model_admin(Vacancy)
    for term, found in ((vacancy.employer.uscc.lower(), 2), ("低压", 1), ("压电", 0), (" ", 2)):
        rows, _distinct = listed.get_search_results(None, Vacancy.objects.all(), term)
        assert rows.count() == found, term
