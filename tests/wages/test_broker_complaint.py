"""A broker complains for a client: under a live mandate for wages, on record by name, with the client's own word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import sms
from accounts.models import PhoneCode
from core.errors import NotAllowed
from wages import services
from wages.enums import Channel, ProofOfWord
from wages.models import Case, Draft
from workers import services as workers
from workers.enums import MandateScope
from workers.models import Mandate, Worker

from .conftest import PHONE
from .test_oral import said


@pytest.fixture
def worker(wang_wei):
    row = workers.for_user(wang_wei, at=timezone.now())
    Worker.objects.filter(pk=row.pk).update(full_name="王伟")
    return Worker.objects.get(pk=row.pk)


@pytest.fixture
def mandate(worker, du_gaotian):
    now = timezone.now()
    return Mandate.objects.create(
        worker=worker,
        broker=du_gaotian,
        scope=[MandateScope.WAGES],
        evidence="sms",
        granted_at=now - timedelta(days=4),
        expires_at=now + timedelta(days=300),
    )


@pytest.fixture
def desk(mandate, du_gaotian, client_of):
    return client_of(du_gaotian)


@pytest.fixture
def page(worker):
    return lambda name="": f"/broker/people/{worker.worker_no}/wages/{name}"


def filled(desk, page, **changes):
    answers = said(name="王伟", **changes)
    return desk.post(page("complain/"), {k: v for k, v in answers.items() if k not in ("channel", "phone")})


def hand_in(desk, page):
    import re

    desk.post(page("check/"), {"action": "send"})
    code = sms.text_about("code", PhoneCode.objects.latest("sent_at").uuid)[4:10]
    body = desk.get(page("check/")).content.decode()
    key = re.search(r'name="submission_key" value="([^"]+)"', body)[1]
    return desk.post(page("check/"), {"code": code, "submission_key": key}), {"code": code, "submission_key": key}


def test_the_whole_way(desk, page, worker, du_gaotian, mandate, client_of, wang_wei):
    assert "帮他投诉欠薪" in desk.get("/broker/people/").content.decode()
    assert filled(desk, page).headers["Location"] == page("check/")
    answer, _posted = hand_in(desk, page)
    assert answer.headers["Location"] == page()
    case = Case.objects.get()
    assert (case.worker, case.user, case.name.open()) == (worker, wang_wei, "王伟")
    assert case.phone.open() == "13800000001" != PHONE
    intake = case.intake
    assert (intake.channel, intake.entered_by, intake.mandate) == (Channel.BROKER, du_gaotian, mandate)
    assert intake.proof == ProofOfWord.CODE
    own = client_of(wang_wei).get(f"/wages/status/{case.number}/").content.decode()
    assert "劳务经纪人替你填写" in own


def test_the_code_names_the_broker_and_goes_to_the_client(desk, page):
    filled(desk, page)
    desk.post(page("check/"), {"action": "send"})
    text = sms.text_about("code", PhoneCode.objects.latest("sent_at").uuid)
    assert "杜高田" in text and "投诉欠薪" in text and len(text) <= 70


def test_nothing_is_filed_without_the_clients_word(desk, page):
    filled(desk, page)
    desk.post(page("check/"), {"action": "send"})
    desk.post(page("check/"), {"code": "000000", "submission_key": "x"})
    assert not Case.objects.exists()


def test_a_double_click_files_once(desk, page):
    filled(desk, page)
    first, posted = hand_in(desk, page)
    second = desk.post(page("check/"), posted)
    assert first.status_code == second.status_code == 302
    assert Case.objects.count() == 1


def test_the_broker_sees_the_stage_and_nothing_that_was_said(desk, page):
    filled(desk, page, facts="一直没发。")
    hand_in(desk, page)
    case = Case.objects.get()
    body = desk.get(page()).content.decode()
    assert case.number in body and "正在决定是否受理" in body
    assert "一直没发" not in body and "12,600" not in body
    assert desk.get(f"/wages/status/{case.number}/").status_code == 302
    assert desk.get(f"/wages/receipt/{case.number}/").status_code == 302


@pytest.mark.parametrize("name", ["", "complain/", "check/"])
def test_after_the_mandate_nothing_is_left_to_see(desk, page, mandate, name, wang_wei):
    filled(desk, page)
    workers.end_mandate(mandate, by=wang_wei, at=timezone.now())
    assert desk.get(page(name)).status_code == 404


@pytest.mark.parametrize("name", ["", "complain/", "check/"])
def test_another_scope_or_another_broker_is_turned_away(desk, page, mandate, name, client_of, fengjie_broker):
    Mandate.objects.update(scope=[MandateScope.JOBS])
    assert desk.get(page(name)).status_code == 403
    assert client_of(fengjie_broker).get(page(name)).status_code == 404


def test_services_ask_for_the_mandate_again(desk, page, mandate, du_gaotian, wang_wei):
    filled(desk, page)
    draft, at = Draft.objects.get(), timezone.now()
    workers.end_mandate(mandate, by=wang_wei, at=at)
    for act in (services.ask_person, services.file_for):
        with pytest.raises(NotAllowed):
            act(draft, session_key="k", by=du_gaotian, at=at)


def test_a_broker_reports_nobody_without_a_name(desk, page):
    answer = filled(desk, page, kind="report")
    assert answer.status_code == 200
    assert not Draft.objects.exists()
