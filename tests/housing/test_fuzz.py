"""Whatever is typed, the answer is a page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from housing.models import HousingApplication

pytestmark = pytest.mark.django_db

NASTY = [
    "\x00",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "𠮷" * 50,
    "\u202e翻转",
    "9" * 400,
    "-1",
    "1e999999",
    "NaN",
    "Infinity",
    "2026-02-31",
    "0000-00-00",
    "字" * 100_000,
    "１２３４５６７８９０１２３４５６７８",
    "{{7*7}}",
    "%s%n",
    "../../etc/passwd",
]
FORMS = {
    "check": [
        "place", "age", "persons", "parent_and_child", "income", "work", "insurance_months", "contract", "fund_months",
        "residence_months", "home_m2", "transferred", "is_student", "in_public_housing", "family_can_help", "edit",
    ],
    "household": ["birth_date", "sex"],
    "add_member": ["relation", "name", "id_number"],
    "work": ["work", "contract_months", "insurance_months", "fund_months", "residence_months", "is_student"],
    "income": ["income_fen", "income_exempt"],
    "home": ["home_m2", "transferred_on", "in_public_housing", "family_can_help"],
    "wish": ["estate"],
    "check_answers": ["submission_key"],
    "remind": ["on"],
    "supply": ["anything"],
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_every_form_survives_nasty_input(name, draft, client_of):
    client = client_of(draft.worker.user)
    url = reverse(f"housing:{name}")
    for value in NASTY:
        response = client.post(url, dict.fromkeys(FORMS[name], value))
        assert response.status_code < 500, (name, value[:40])
    response = client.post(url, {field: ["a", "b"] for field in FORMS[name]})
    assert response.status_code < 500


def test_fields_that_are_not_asked_change_nothing(draft, client_of, fresh):
    client = client_of(draft.worker.user)
    extra = {
        "state": "waiting",
        "number": "GZ-1",
        "worker": 1,
        "is_staff": "on",
        "division": "500236",
        "rounds_missed": 9,
    }
    client.post(reverse("housing:home"), {"home_m2": "0", **extra})
    row = fresh(draft)
    assert (row.state, row.number, row.worker_id, row.rounds_missed) == ("draft", None, draft.worker_id, 0)


@pytest.mark.parametrize("name", ["index", "publicity"])
@pytest.mark.parametrize("query", ["district", "cursor"])
def test_odd_addresses_get_a_page(name, query, client, estate):
    for value in NASTY:
        assert client.get(reverse(f"housing:{name}"), {query: value[:2000]}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/housing/papers/99999999999999999999999/",
        "/housing/apply/household/99999999999999999999999/remove/",
        "/housing/publicity/%00/",
        "/me/housing/%00/",
        "/me/housing/GZ-2026-000000/",
        "/housing/apply/documents/x-y/",
    ],
)
def test_unknown_things_are_not_found(path, draft, client_of):
    client = client_of(draft.worker.user)
    assert client.get(path).status_code in (404, 405)
    assert client.post(path).status_code in (403, 404, 405)


ADMIN = {
    "request_documents": ["text", "rejected"],
    "refuse": ["rule", "text"],
    "pass_preliminary": ["reason"],
    "pass_final": ["reason"],
    "return_to_preliminary": ["reason"],
    "lapse": ["reason"],
    "enter_waiting": ["x"],
    "nonsense": ["x"],
}


@pytest.mark.parametrize("verb", ADMIN)
def test_every_decision_survives_nasty_input(verb, in_preliminary, city_official, client_of):
    client = client_of(city_official)
    url = reverse("admin:housing_housingapplication_decide", args=[in_preliminary.pk, verb])
    for value in NASTY:
        assert client.post(url, dict.fromkeys(ADMIN[verb], value)).status_code < 500, value[:40]


def test_the_officials_list_survives_nasty_searches(in_preliminary, city_official, client_of):
    client = client_of(city_official)
    url = reverse("admin:housing_housingapplication_changelist")
    for value in NASTY:
        for queries in (["q"], ["queue", "district", "o", "p"], ["state__exact"]):
            assert client.get(url, dict.fromkeys(queries, value[:2000])).status_code < 500, (queries, value[:40])


def test_a_number_and_an_id_number_find_the_application(in_preliminary, city_official, client_of):
    client = client_of(city_official)
    url = reverse("admin:housing_housingapplication_changelist")
    member = in_preliminary.members.first().id_number.open()
    for term in (in_preliminary.number, in_preliminary.number.lower(), member):
        assert in_preliminary.number in client.get(url, {"q": term}).text
    assert HousingApplication.objects.count() == 1
    assert in_preliminary.number not in client.get(url, {"q": "GZ-2026-999999"}).text


def test_an_enormous_file_name_is_only_a_name(draft, client_of):
    client = client_of(draft.worker.user)
    upload = SimpleUploadedFile("字" * 300 + ".jpg", b"no picture", "image/jpeg")
    response = client.post(reverse("housing:hand_in", args=["identity"]), {"files": [upload]})
    assert response.status_code == 200
