"""Who gets in where: other people's applications do not exist, other districts' neither."""

import pytest
from django.urls import reverse

from core import audit
from housing.enums import State
from housing.models import HousingApplication

pytestmark = pytest.mark.django_db
PUBLIC = ["index", "check", "publicity"]
WORKERS = ["apply", "check_answers", "household", "add_member", "work", "income", "home", "wish", "documents", "mine"]


@pytest.mark.parametrize("name", PUBLIC)
def test_everybody_reads_the_public_pages(name, client, estate, publicised):
    assert client.get(reverse(f"housing:{name}")).status_code == 200


@pytest.mark.parametrize("name", [*WORKERS, "withdraw", "remind"])
def test_a_visitor_is_asked_to_sign_in(name, client):
    response = client.get(reverse(f"housing:{name}"))
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


@pytest.mark.parametrize("name", [*WORKERS, "withdraw", "remind"])
@pytest.mark.parametrize("person", ["du_gaotian", "jiangjin_official", "auditor"])
def test_applying_is_for_workers(name, person, client_of, request):
    client = client_of(request.getfixturevalue(person))
    assert client.get(reverse(f"housing:{name}")).status_code == 403


def status(client, url):
    """The answer's number; a file is read to its end, so that it is closed."""
    response = client.get(url)
    if response.streaming:
        assert b"".join(response.streaming_content)
    return response.status_code


def own_urls(application):
    number, document = application.number, application.documents.first()
    return [
        reverse("housing:application", args=[number]),
        reverse("housing:receipt", args=[number]),
        reverse("housing:paper", args=[document.pk]),
    ]


def test_the_applicant_opens_what_is_theirs(submitted, client_of):
    client = client_of(submitted.worker.user)
    assert [status(client, url) for url in own_urls(submitted)] == [200, 200, 200]


@pytest.mark.parametrize("person", ["li_fang", "fengjie_official", "du_gaotian"])
def test_nobody_else_learns_that_it_exists(submitted, person, client_of, request):
    client = client_of(request.getfixturevalue(person))
    assert {client.get(url).status_code for url in own_urls(submitted)} <= {403, 404}
    assert client.get(own_urls(submitted)[2]).status_code == 404


def test_a_stranger_cannot_touch_another_draft(draft, li_fang, client_of, fresh):
    member = draft.members.first()
    client = client_of(li_fang)
    client.post(reverse("housing:remove_member", args=[member.pk]))
    client.post(reverse("housing:discard"))
    client.post(reverse("housing:home"), {"home_m2": "80"})
    row = fresh(draft)
    assert (row.members.count(), row.home_m2) == (2, 0)


def test_reading_a_paper_is_recorded_unless_it_is_ones_own(submitted, jiangjin_official, auditor, client_of):
    document = submitted.documents.first()
    url = reverse("housing:paper", args=[document.pk])
    for person in (submitted.worker.user, jiangjin_official, auditor):
        response = client_of(person).get(url)
        assert response.status_code == 200
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["Content-Disposition"].startswith("attachment")
        assert b"".join(response.streaming_content)[:3] == b"\xff\xd8\xff"
    readers = audit.timeline(submitted).filter(verb="read_paper").values_list("actor_id", flat=True)
    assert list(readers) == [jiangjin_official.pk, auditor.pk]


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("wang_wei", True),
        ("li_fang", False),
        ("du_gaotian", False),
        ("jiangjin_official", True),
        ("fengjie_official", False),
        ("city_official", True),
        ("auditor", True),
    ],
)
def test_the_one_door_to_applications(submitted, person, sees, request):
    user = request.getfixturevalue(person)
    assert HousingApplication.objects.visible_to(user).filter(pk=submitted.pk).exists() is sees


def test_a_draft_is_nobodys_business_but_the_workers(draft, jiangjin_official, city_official, auditor, wang_wei):
    for person in (jiangjin_official, city_official, auditor):
        assert not HousingApplication.objects.visible_to(person).exists()
    assert HousingApplication.objects.visible_to(wang_wei).exists()


def admin_urls(row):
    base = "admin:housing_housingapplication"
    return [
        reverse(f"{base}_change", args=[row.pk]),
        reverse(f"{base}_decide", args=[row.pk, "take_up"]),
        reverse(f"{base}_reveal", args=[row.pk, row.members.first().pk]),
    ]


@pytest.mark.parametrize(
    ("person", "answers"),
    [
        ("jiangjin_official", [200, 200, 200]),
        ("city_official", [200, 200, 200]),
        ("fengjie_official", [404, 404, 404]),
        ("auditor", [200, 403, 403]),
    ],
)
def test_the_officials_pages_by_district_and_role(submitted, person, answers, client_of, request):
    client = client_of(request.getfixturevalue(person))
    assert [client.get(url).status_code for url in admin_urls(submitted)] == answers


@pytest.mark.parametrize("person", ["fengjie_official", "auditor"])
def test_posting_past_the_buttons_decides_nothing(submitted, person, client_of, request, fresh):
    client = client_of(request.getfixturevalue(person))
    assert client.post(admin_urls(submitted)[1]).status_code in (403, 404)
    assert fresh(submitted).state == State.SUBMITTED


def test_only_the_city_keeps_estates(estate, client_of, jiangjin_official, city_official, auditor):
    url = reverse("admin:housing_estate_change", args=[estate.pk])
    change = {"name": "改名了", "district": "500116", "address": "新地址", "opened_on": "2020-01-01", "note": ""}
    for person, name in ((jiangjin_official, "双福新居"), (auditor, "双福新居"), (city_official, "改名了")):
        client = client_of(person)
        assert client.get(url).status_code == 200
        client.post(url, change)
        estate.refresh_from_db()
        assert estate.name == name
    assert audit.timeline(estate).filter(verb="change", actor_id=city_official.pk).count() == 1


def test_reading_changes_nothing(submitted, client_of, fresh):
    before = HousingApplication.objects.filter(pk=submitted.pk).values().get()
    client = client_of(submitted.worker.user)
    for name in [*WORKERS, "withdraw", "remind"]:
        client.get(reverse(f"housing:{name}"))
    assert HousingApplication.objects.filter(pk=submitted.pk).values().get() == before


def test_a_held_session_sees_nothing_personal(submitted, client_of):
    client = client_of(submitted.worker.user)
    session = client.session
    session["held"] = True
    session.save()
    response = client.get(reverse("housing:mine"))
    assert response.status_code == 302
