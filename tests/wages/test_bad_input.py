"""Whatever is sent to any page of this matter: a sentence or a 404, never a server error."""

import random

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from wages import demo, services
from wages.decisions import TABLE
from wages.models import Case
from wages.steps import OPTIONAL, WITHOUT_CODE

from .conftest import PHONE, rendered

pytestmark = pytest.mark.django_db
NASTY = [
    "",
    "\x00",
    "😀" * 50,
    "\u202e/gro.live",
    "'; DROP TABLE wages_case; --",
    "<script>alert(1)</script>",
    "9" * 400,
    "-1",
    "1e309",
    "2026-13",
    "9999-99-99",
    "字" * 100_000,
    "%00%ff",
    "../../etc/passwd",
    "٣٤٥",
]


def junk(rng, names):
    return {name: rng.choice(NASTY) for name in names}


@pytest.mark.parametrize("step", [*WITHOUT_CODE, *OPTIONAL], ids=lambda step: step.slug)
def test_every_question_takes_any_answer(client, step):
    rng = random.Random(step.slug)
    client.post("/wages/complain/")
    for _ in range(15):
        names = [*step.form.base_fields, "back_to", "remove", "submission_key"]
        response = client.post(f"/wages/complain/{step.slug}/", junk(rng, names))
        assert response.status_code in (200, 302)


@pytest.mark.parametrize(
    "url",
    [
        "/wages/complain/",
        "/wages/complain/check/",
        "/wages/complain/verify/",
        "/wages/complain/resume/",
        "/wages/status/",
        "/wages/status/by-code/",
    ],
)
def test_every_public_form_takes_anything(client, code, url):
    rng = random.Random(url)
    client.post("/wages/complain/", {"code": code.code})
    names = ["code", "phone", "pledge", "action", "new", "number", "phone_last4", "submission_key", "next"]
    for _ in range(20):
        assert client.post(url, junk(rng, names)).status_code in (200, 302, 409)


@pytest.mark.parametrize("text", ["JJ-%00", "x" * 3000, "☃", "JJ-2087%0d%0aX: y", "1;drop"])
def test_odd_addresses_are_not_found(client, text):
    for url in (f"/wages/code/{text}/", f"/wages/code/{text}/poster/", f"/wages/code/{text}/qr.svg"):
        assert client.get(url).status_code == 404
    assert client.get(f"/wages/receipt/{text}/qr.svg").status_code == 404
    assert client.get(f"/wages/status/{text}/").status_code in (302, 404)


def test_cursors_and_filters_take_anything(client_of, wang_wei, jiangjin_official):
    worker, desk = client_of(wang_wei), client_of(jiangjin_official)
    for text in NASTY:
        text = text[:3000]
        assert worker.get("/me/cases/", {"cursor": text}).status_code == 200
        assert desk.get("/admin/wages/case/", {"q": text}).status_code in (200, 302)
        for name in ("due", "handler", "district"):
            assert desk.get("/admin/wages/case/", {name: text}).status_code in (200, 302)


@pytest.mark.parametrize("decision", TABLE, ids=lambda decision: decision.slug)
def test_every_decision_takes_anything(client_of, city_official, investigating, decision):
    desk, rng = client_of(city_official), random.Random(decision.slug)
    url = reverse("admin:wages_case_decide", args=[investigating.pk, decision.slug])
    for _ in range(6):
        form = {name: value[:5000] for name, value in junk(rng, decision.form.base_fields).items()}
        allowed = (200, 302, 403) if decision.slug == "recuse" else (200, 302)  # who stepped aside stays out
        assert desk.post(url, form).status_code in allowed


def test_odd_ids_in_the_admin_are_not_found(client_of, city_official, fresh_case):
    desk = client_of(city_official)
    for rest in ("9" * 30, "abc", "0", "-1", "%00"):
        assert desk.get(f"/admin/wages/case/{rest}/change/").status_code in (302, 404)
    for rest in ("letter/999/", "evidence/999/", "approval/999/approve/", "approval/1/steal/"):
        assert desk.get(f"/admin/wages/case/{fresh_case.pk}/{rest}").status_code == 404


def test_owner_pages_take_anything(client_of, wang_wei, filed, code):
    rng, client = random.Random(7), client_of(wang_wei)
    case = filed(at=timezone.now(), code=code, by=wang_wei, phone="13800000001")
    for rest in ("add", "verify", "paid"):
        for _ in range(10):
            url = f"/wages/status/{case.number}/{rest}/"
            response = client.post(url, junk(rng, ["words", "code", "action", "next", "submission_key"]))
            assert response.status_code in (200, 302)
    assert Case.objects.get().state == "submitted"


def test_the_demo_fills_each_desk_within_seconds(settings, at):
    import time

    import accounts.demo
    import employers.demo
    from core import audit
    from wages.desk import numbers

    settings.DEBUG = settings.DEMO = True
    now = timezone.localtime()
    people = {user.username: user for user in accounts.demo.seed(at=now)}
    employers.demo.seed(rng_seed=3, at=now, scale=20_000)
    before = time.perf_counter()
    demo.seed(rng_seed=3, at=now, scale=20_000)
    assert time.perf_counter() - before < 10
    for name in ("jiangjin", "fengjie"):
        desk = numbers(people[name], at=now)
        assert desk.open >= 8 and desk.overdue >= 1 and desk.unassigned >= 1
    city = numbers(people["city"], at=now)
    assert 95 <= city.on_time <= 99 and 5 <= city.days <= 16
    count = Case.objects.count()
    assert 60 <= count <= 210
    demo.seed(rng_seed=3, at=now, scale=20_000)
    connection.check_constraints()  # the trail is linked when the transaction ends
    assert Case.objects.count() == count and audit.verify().faults == []


def test_a_missing_key_loses_nothing(client, code, fresh_case):
    response = client.post("/wages/complain/verify/", {"phone": PHONE, "code": "123456"})
    assert response.status_code in (200, 302)
    assert services.find(fresh_case.number, "0001", at=timezone.now()) and rendered()
