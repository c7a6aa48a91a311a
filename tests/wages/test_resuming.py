"""A draft without an account: ten days by a code on every page, on any phone, and nothing for who guesses."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core import handwritten
from wages import services
from wages.models import Draft, StatusTry
from wages.services import resuming

from .conftest import PHONE

RESUME = "/wages/complain/resume/"


def last_text(settings):
    import json
    from pathlib import Path

    return json.loads(Path(settings.SMS_SINK).read_text().splitlines()[-1])["text"]


@pytest.fixture
def begun(client, db):
    """A draft that was begun in this browser, with its code."""
    client.post("/wages/complain/", {})
    client.post("/wages/complain/field/", {"field_type": "construction"})
    draft = Draft.objects.get()
    services.answer(draft, "you", {"name": "王小明", "phone": PHONE}, by=None, at=timezone.now())
    return services.spelt(draft)


def asked(client, code):
    return client.post(RESUME, {"resume_code": code, "action": "by_code"})


@pytest.mark.parametrize("page", ["field", "where", "owed"])
def test_every_page_of_a_draft_shows_the_code(client, begun, page):
    body = client.get(f"/wages/complain/{page}/").content.decode()
    assert "下次接着填" in body and begun in body and "10 天内" in body


def test_the_code_opens_the_draft_in_another_browser_where_it_was_left(client, begun):
    other = Client()
    assert asked(other, f" {begun.lower().replace('-', ' ')}").status_code == 302
    assert "接着填" in other.get("/wages/complain/").content.decode()
    assert other.post("/wages/complain/").headers["Location"] == "/wages/complain/where/"


def test_the_code_goes_to_a_proven_phone_only(client, begun, settings, deliver):
    client.post(RESUME, {"phone": PHONE, "action": "send"})
    deliver(timezone.now())
    code = last_text(settings)[4:10]
    client.post(RESUME, {"phone": PHONE, "code": "000000", "action": "open"})
    deliver(timezone.now())
    assert begun not in last_text(settings)
    client.post(RESUME, {"phone": PHONE, "code": code, "action": "open"})
    deliver(timezone.now())
    assert begun in last_text(settings) and len(last_text(settings)) <= 70


def test_it_lives_ten_days_after_it_was_last_touched(client, begun):
    touched = Draft.objects.get().touched_at
    last = touched + timedelta(days=10)
    assert services.find_draft(begun, at=last, address="10.0.0.1") is not None
    assert services.find_draft(begun, at=last + timedelta(seconds=1), address="10.0.0.1") is None
    assert services.clear_stale(at=last) == 0
    assert services.clear_stale(at=last + timedelta(seconds=1)) == 1
    assert not Draft.objects.exists()


def answer_of(page):
    body = page.content.decode()
    assert page.status_code == 200
    return body[body.index("<main") : body.index("</main>")].replace(page.wsgi_request.POST["resume_code"], "")


def test_wrong_old_and_worn_out_codes_get_one_answer_that_names_nobody(begun):
    wrong = answer_of(asked(Client(), "00000-00000"))
    Draft.objects.update(touched_at=timezone.now() - timedelta(days=11))
    old = answer_of(asked(Client(), begun))
    before_the_token, _mark, _token = wrong.partition("csrfmiddlewaretoken")
    assert before_the_token == old.partition("csrfmiddlewaretoken")[0]
    for word in ("王小明", PHONE, "154", "0001"):
        assert word not in wrong


def test_after_many_wrong_codes_from_one_address_not_even_the_right_one_opens(begun):
    at = timezone.now()
    StatusTry.objects.bulk_create(
        StatusTry(number="resume", address_index=resuming.network.index("10.0.0.9"), at=at)
        for _n in range(resuming.FROM_ONE_ADDRESS)
    )
    assert services.find_draft(begun, at=at + timedelta(minutes=1), address="10.0.0.9") is None
    assert services.find_draft(begun, at=at + timedelta(minutes=1), address="10.0.0.8") is not None
    assert services.find_draft(begun, at=at + timedelta(minutes=61), address="10.0.0.9") is not None


def test_a_score_of_wrong_codes_brings_a_question(begun):
    other = Client(REMOTE_ADDR="10.0.0.7")
    for _n in range(20):
        asked(other, "0" * 10)
    assert "/accounts/question" in asked(other, begun).headers["Location"]


def test_codes_are_long_random_and_found_by_their_index_only(begun):
    assert len(handwritten.read(begun, resuming.LENGTH)) == 10
    draft = Draft.objects.get()
    assert begun.replace("-", "") not in str(vars(draft))
    assert str(draft.resume_code) == "＊＊＊"


def test_a_draft_that_an_official_types_is_nobodys_to_open(begun, jiangjin_official):
    Draft.objects.update(channel="window", entered_by=jiangjin_official)
    assert services.find_draft(begun, at=timezone.now(), address="10.0.0.1") is None
