"""The registry in the officials' site."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from core.admin.searching import seal_term
from workers import services
from workers.admin import found_by
from workers.enums import Source
from workers.models import Worker

from .conftest import ID_NUMBER

LIST = "/admin/workers/worker/"


def text(response):
    return response.content.decode()


@pytest.fixture
def desk(jiangjin_official, client_of):
    return client_of(jiangjin_official)


def test_an_official_lists_their_district_masked(desk, worker):
    shown = text(desk.get(LIST))
    assert worker.worker_no in shown
    assert "王伟" in shown
    assert ID_NUMBER not in shown
    assert ID_NUMBER[-4:] not in shown.replace(worker.worker_no, "")


@pytest.mark.parametrize("typed", [ID_NUMBER, "138 0000 0001", "王伟", "王", "wang w"])
def test_a_worker_is_found_by_exact_keys_and_by_the_beginning_of_the_name(worker, typed):
    assert list(found_by(Worker.objects.all(), typed)) == [worker]


def test_a_worker_is_found_by_number(worker):
    assert list(found_by(Worker.objects.all(), worker.worker_no.lower())) == [worker]


@pytest.mark.parametrize("typed", [ID_NUMBER[:-1], "1380000000", "伟", "\x00", "'; --", "9" * 500])
def test_parts_of_a_key_find_nobody(worker, typed):
    assert list(found_by(Worker.objects.all(), typed.replace("\x00", ""))) == [] or typed == "\x00"


def test_a_search_with_odd_characters_answers(desk, worker):
    for typed in ("%00", "'\"<>", "😀", "a" * 2000):
        assert desk.get(LIST, {"q": typed}).status_code in (200, 302)


def test_another_district_finds_nothing(worker, fengjie_official, client_of):
    client = client_of(fengjie_official)
    assert worker.worker_no not in text(client.get(LIST, {"q": ID_NUMBER}))
    assert client.get(f"{LIST}{worker.pk}/change/").status_code == 404
    assert client.post(f"{LIST}{worker.pk}/reveal/id_number/", {"reason": "核对工资表"}).status_code == 404


def test_one_worker_is_shown_with_sources_and_the_look_is_noted(desk, worker, at):
    services.record(worker, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    shown = text(desk.get(f"{LIST}{worker.pk}/change/"))
    assert "教育部门 · 2026年3月9日" in shown
    assert ID_NUMBER not in shown
    assert [entry.actor_id for entry in services.seen_by(worker)]


def test_revealing_asks_why_first(desk, worker):
    url = reverse("admin:workers_worker_reveal", args=[worker.pk, "id_number"])
    assert ID_NUMBER not in text(desk.get(url))
    assert ID_NUMBER not in text(desk.post(url, {"reason": "看"}))
    answer = desk.post(url, {"reason": "核对工资表"})
    assert ID_NUMBER in text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert services.seen_by(worker)[0].reason == "核对工资表"


def test_only_sealed_values_are_revealed(desk, worker):
    assert desk.get(reverse("admin:workers_worker_reveal", args=[worker.pk, "full_name"])).status_code == 404


def test_an_auditor_reads_no_values(worker, auditor, client_of):
    client = client_of(auditor)
    shown = text(client.get(f"{LIST}{worker.pk}/change/"))
    assert "王某" in shown
    assert "王伟" not in shown
    assert client.get(reverse("admin:workers_worker_reveal", args=[worker.pk, "id_number"])).status_code == 403


def test_nobody_adds_or_deletes_here(desk, worker):
    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(f"{LIST}{worker.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_list_asks_no_more_when_it_grows(desk, worker, at, queries_do_not_grow):
    def add():
        Worker.objects.bulk_create(
            Worker(full_name="李明", hukou_division="500116001", created_at=at, work_division="33") for _ in range(20)
        )

    queries_do_not_grow(desk, LIST, add)


def found_page(client, official, typed, **more):
    return client.get(LIST, {"q": seal_term(typed, official), **more})


@pytest.mark.parametrize("typed", [ID_NUMBER, "138 0000 0001", "number"])
def test_a_whole_key_is_answered_by_the_row_alone(desk, jiangjin_official, worker, typed):
    answer = found_page(desk, jiangjin_official, worker.worker_no if typed == "number" else typed)
    shown = text(answer)
    assert "admin/workers/found.html" in [template.name for template in answer.templates]
    assert f"{LIST}{worker.pk}/change/" in shown and "王伟" in shown and "共 1 条" in shown
    assert "changelist-filter" not in shown
    assert ID_NUMBER not in shown.replace(f'value="{ID_NUMBER}"', "")


def test_the_short_answer_says_what_the_list_says(desk, jiangjin_official, worker):
    def cells(page):
        body = re.search(r"<tbody>(.*?)</tbody>", text(page), re.DOTALL)[1]
        return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", body, re.DOTALL)]

    short = cells(found_page(desk, jiangjin_official, ID_NUMBER))
    assert short and short == cells(found_page(desk, jiangjin_official, ID_NUMBER, sex__exact=worker.sex))


def test_the_short_answer_holds_nobody_of_another_district(worker, fengjie_official, auditor, client_of):
    shown = text(found_page(client_of(fengjie_official), fengjie_official, ID_NUMBER))
    assert worker.worker_no not in shown and "没有找到" in shown and "共 0 条" in shown
    assert "王伟" not in text(found_page(client_of(auditor), auditor, ID_NUMBER))


def test_a_key_that_more_people_share_than_fit_a_page_is_answered_by_the_list(
    desk, jiangjin_official, worker, monkeypatch
):
    monkeypatch.setattr(admin.site.get_model_admin(Worker), "list_per_page", 0)
    assert "changelist-filter" in text(found_page(desk, jiangjin_official, ID_NUMBER))


def test_a_whole_key_costs_five_questions(desk, jiangjin_official, worker, django_assert_max_num_queries):
    found_page(desk, jiangjin_official, ID_NUMBER)
    with django_assert_max_num_queries(5):
        found_page(desk, jiangjin_official, ID_NUMBER)
