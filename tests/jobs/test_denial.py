"""Every page of the matter against every role; foreign rows; the addresses that change something."""

import pytest

from jobs import services
from jobs.models import Application, Recommendation

pytestmark = pytest.mark.django_db

BROKER_PAGES = [
    "/broker/",
    "/broker/answers/",
    "/broker/applications/",
    "/broker/vacancies/",
    "/broker/vacancies/new/",
    "/broker/people/",
]
WORKER_PAGES = ["/me/applications/"]


@pytest.fixture
def everybody(client, client_of, wang_wei, du_gaotian, jiangjin_official, auditor):
    return {
        "visitor": client,
        "worker": client_of(wang_wei),
        "broker": client_of(du_gaotian),
        "official": client_of(jiangjin_official),
        "auditor": client_of(auditor),
    }


@pytest.mark.parametrize("address", BROKER_PAGES)
def test_the_workbench_is_for_brokers_only(everybody, address):
    answers = {role: browser.get(address).status_code for role, browser in everybody.items()}
    assert answers == {"visitor": 302, "worker": 403, "broker": 200, "official": 403, "auditor": 403}


@pytest.mark.parametrize("address", WORKER_PAGES)
def test_my_applications_are_for_workers_only(everybody, address):
    answers = {role: browser.get(address).status_code for role, browser in everybody.items()}
    assert answers == {"visitor": 302, "worker": 200, "broker": 403, "official": 403, "auditor": 403}


@pytest.fixture
def rows(make_vacancy, seeker, wang_wei, du_gaotian, at):
    """王伟's application and an open offer to him, both through 杜高田."""
    first, second = make_vacancy(), make_vacancy()
    application = services.apply(first, seeker, by=wang_wei, at=at)
    [offer] = services.recommend(second, [seeker.pk], by=du_gaotian, at=at).offers
    return application, offer


def test_foreign_rows_answer_as_if_they_did_not_exist(rows, client_of, li_fang, fengjie_broker, form):
    application, offer = rows
    for user in (li_fang, fengjie_broker):
        browser = client_of(user)
        for address in (
            f"/me/offers/{offer.pk}/accept/",
            f"/me/offers/{offer.pk}/decline/",
            f"/broker/applications/{application.pk}/phone/",
            f"/broker/applications/{application.pk}/hire/",
            f"/broker/people/{application.worker.worker_no}/apply/{application.vacancy_id}/",
        ):
            assert browser.post(address, form()).status_code in (403, 404), (user, address)
        assert browser.post(f"/me/applications/{application.pk}/withdraw/", form()).status_code in (403, 404)
    application.refresh_from_db()
    offer.refresh_from_db()
    assert (application.state, offer.state) == ("applied", "offered")


def test_a_broker_cannot_answer_an_own_offer(rows, client_of, du_gaotian, mandate, form):
    _application, offer = rows
    browser = client_of(du_gaotian)
    assert browser.post(f"/me/offers/{offer.pk}/accept/", form()).status_code == 403


def test_visible_to_keeps_each_to_their_own(
    rows, wang_wei, li_fang, du_gaotian, fengjie_broker, jiangjin_official, fengjie_official, city_official, auditor
):
    seen = {
        user.display_name: (
            Application.objects.visible_to(user).count(),
            Recommendation.objects.visible_to(user).count(),
        )
        for user in (
            *(wang_wei, li_fang, du_gaotian, fengjie_broker),
            *(jiangjin_official, fengjie_official, city_official, auditor),
        )
    }
    assert seen == {
        "王伟": (1, 1),
        "李芳": (0, 0),
        "杜高田": (1, 1),
        "谭明贵": (0, 0),
        "江津经办": (1, 1),
        "奉节经办": (0, 0),
        "市级经办": (1, 1),
        "审计员": (1, 1),
    }


@pytest.mark.parametrize("address", ["/jobs/1/apply/", "/me/applications/1/withdraw/", "/me/offers/1/accept/"])
def test_visitors_change_nothing(client, address):
    answer = client.post(address)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_posting_without_a_token_is_refused(wang_wei, vacancy, seeker, form):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(wang_wei)
    assert browser.post(f"/jobs/{vacancy.pk}/apply/", form()).status_code == 403


def test_every_form_that_changes_something_carries_its_token(client_of, rows, wang_wei, du_gaotian, mandate, at):
    """An include with `only` loses the token silently; the test client does not check it, a browser does."""
    application, offer = rows
    services.accept(offer, by=wang_wei, at=at)
    pages = {
        wang_wei: ["/me/applications/", f"/jobs/{application.vacancy_id}/", f"/jobs/{offer.vacancy_id}/"],
        du_gaotian: [
            *BROKER_PAGES,
            f"/broker/vacancies/{offer.vacancy_id}/",
            f"/broker/applications/{application.pk}/",
            f"/broker/people/{application.worker.worker_no}/",
        ],
    }
    for user, addresses in pages.items():
        for address in addresses:
            forms = client_of(user).get(address).content.decode().split("<form")[1:]
            bare = [form for form in forms if 'method="post"' in form[:200] and "csrfmiddlewaretoken" not in form]
            assert not bare, (address, bare[0][:200])


def test_open_offers_carry_their_token_too(client_of, rows, wang_wei):
    _application, offer = rows
    for address in ("/me/applications/", f"/jobs/{offer.vacancy_id}/"):
        page = client_of(wang_wei).get(address).content.decode()
        assert page.count('method="post"') == page.count("csrfmiddlewaretoken")
