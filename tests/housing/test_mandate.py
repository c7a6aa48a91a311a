"""A broker applies for a client: under a mandate for housing, on record by name, and with the client's own word."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import codes, phones
from accounts.models import Notice, SmsMessage
from core import audit, outbox
from core.errors import NotAllowed, Refusal
from housing import notices, services
from housing.enums import DocumentKind, State
from housing.models import HousingApplication
from workers import services as workers
from workers.enums import MandateScope, Source
from workers.models import Mandate, Worker

from .conftest import id_number, photo

pytestmark = pytest.mark.django_db
KEY = "a-session"


@pytest.fixture
def mandate(worker, du_gaotian):
    """王伟 lets 杜高田 apply for housing."""
    now = timezone.now()
    return Mandate.objects.create(
        worker=worker,
        broker=du_gaotian,
        scope=[MandateScope.HOUSING],
        evidence="sms",
        granted_at=now - timedelta(days=400),
        expires_at=now + timedelta(days=3000),
    )


@pytest.fixture
def desk(mandate, du_gaotian, client_of):
    return client_of(du_gaotian)


@pytest.fixture
def page(worker):
    """`page("work")`: the address of a page for 王伟."""
    return lambda name, *args: reverse(f"housing:client_{name}", args=[worker.worker_no, *args])


def code_for(phone):
    """What the phone received last."""
    message = SmsMessage.objects.filter(phone_index=phones.index(phone), event=codes.EVENT).order_by("-id").first()
    return re.search(r"\d{6}", message.text.open())[0], message.text.open()


def fill_for(desk, page, estate):
    """Every task but the papers, as the broker types it."""
    desk.post(page("apply"))
    desk.post(page("add_member"), {"relation": "spouse", "name": "陈静", "id_number": id_number("19850302", 2)})
    assert desk.post(page("household"), {"birth_date": "1983-04-12", "sex": "1"}).status_code == 302
    work = {"work": "employed", "contract_months": "12", "insurance_months": "14", "is_student": "no"}
    assert desk.post(page("work"), work).status_code == 302
    member = HousingApplication.objects.get().members.get()
    assert desk.post(page("income"), {"income_fen": "5200", f"member_{member.pk}": "0"}).status_code == 302
    assert desk.post(page("home"), {"home_m2": "0"}).status_code == 302
    assert desk.post(page("wish"), {"estate": estate.pk}).status_code == 302


def key_of(response):
    return re.search(r'name="submission_key" value="([^"]+)"', response.text)[1]


def test_a_broker_fills_in_and_the_clients_own_phone_hands_it_in(desk, page, estate, wang_wei, du_gaotian, worker):
    fill_for(desk, page, estate)
    check = desk.get(page("check_answers"))
    assert "他念给你才能提交" in check.text
    answer = desk.post(page("check_answers"), {"submission_key": key_of(check)})
    assert answer["Location"] == page("confirm")
    assert HousingApplication.objects.get().state == State.DRAFT
    code, text = code_for("13800000001")
    assert "杜高田" in text and "公租房" in text and len(text) <= 70
    confirm = desk.get(page("confirm"))
    assert "138****0001" in confirm.text
    wrong = desk.post(page("confirm"), {"submission_key": key_of(confirm), "code": "000000"})
    assert wrong.status_code == 200 and "验证码不对" in wrong.text
    done = desk.post(page("confirm"), {"submission_key": key_of(confirm), "code": code})
    row = HousingApplication.objects.get()
    assert done["Location"] == page("receipt", row.number)
    assert (row.state, row.submitted_by) == (State.DOCS_DUE, du_gaotian)
    assert audit.timeline(row).get(verb="submit_incomplete").actor_id == du_gaotian.pk
    assert "已替他提交" in desk.get(page("receipt", row.number)).text


def test_a_second_click_finds_what_the_first_did(desk, page, estate):
    fill_for(desk, page, estate)
    desk.post(page("check_answers"), {"submission_key": key_of(desk.get(page("check_answers")))})
    key, code = key_of(desk.get(page("confirm"))), code_for("13800000001")[0]
    for _click in range(2):
        assert desk.post(page("confirm"), {"submission_key": key, "code": code}).status_code == 302
    assert HousingApplication.objects.exclude(state=State.DRAFT).count() == 1


def test_the_client_hears_of_it_and_reads_who_did_what(desk, page, estate, wang_wei, worker, client_of, at):
    fill_for(desk, page, estate)
    desk.post(page("check_answers"), {"submission_key": key_of(desk.get(page("check_answers")))})
    key = key_of(desk.get(page("confirm")))
    desk.post(page("confirm"), {"submission_key": key, "code": code_for("13800000001")[0]})
    outbox.drain(at=timezone.now())
    told = Notice.objects.get(user=wang_wei, event="housing.submit_incomplete").text
    assert told.startswith("杜高田受你委托，替你交了公租房申请") and "撤回" in told
    assert SmsMessage.objects.filter(event="housing.submit_incomplete").exists()
    mine = client_of(wang_wei).get("/me/housing/").text
    assert "杜高田（劳务经纪人）替你提交了申请，还缺材料" in mine
    for what in (
        "开始申请",
        "加了一个人",
        "填写谁一起住",
        "填写工作",
        "填写收入",
        "填写住房",
        "填写想住哪里",
        "请本人确认提交",
    ):
        assert what in mine
    seen = [entry.reason for entry in workers.seen_by(worker)]
    assert seen == ["替你申请公租房"]


def test_the_official_sees_who_handed_it_in(desk, page, estate, client_of, jiangjin_official):
    fill_for(desk, page, estate)
    desk.post(page("check_answers"), {"submission_key": key_of(desk.get(page("check_answers")))})
    key = key_of(desk.get(page("confirm")))
    desk.post(page("confirm"), {"submission_key": key, "code": code_for("13800000001")[0]})
    row = HousingApplication.objects.get()
    text = client_of(jiangjin_official).get(f"/admin/housing/housingapplication/{row.pk}/change/").text
    assert "代交" in text and "杜高田（劳务经纪人）" in text and "受申请人委托代办" in text


def test_without_the_clients_word_nothing_is_handed_in(draft, mandate, du_gaotian):
    now = timezone.now()
    with pytest.raises(Refusal, match="验证码"):
        services.submit_for(draft, session_key=KEY, by=du_gaotian, at=now)
    with pytest.raises(NotAllowed):
        services.submit(draft, by=du_gaotian, at=now)


def test_the_word_for_one_draft_opens_no_other(draft, mandate, du_gaotian, wang_wei, estate, fill, at):
    now = timezone.now()
    services.ask_applicant(draft, session_key=KEY, by=du_gaotian, at=now)
    services.discard(draft, by=wang_wei, at=at)
    other = fill(services.start(draft.worker, by=wang_wei, at=at), estate)
    with pytest.raises(Refusal, match="再发一次"):
        services.hear_applicant(other, code_for("13800000001")[0], session_key=KEY, by=du_gaotian, at=now)


def earn_more(draft, by, when):
    services.save_incomes(draft, own_fen=1, exempt=False, members_fen={}, by=by, at=when)


def take_somebody_off(draft, by, when):
    services.remove_member(draft, draft.members.first(), by=by, at=when)
    services.save_task(draft, {"household_complete": True}, by=by, at=when)


def add_a_paper(draft, by, when):
    assert services.attach(draft, DocumentKind.OTHER, [photo()], by=by, at=when) == (1, [])


def take_a_paper_back(draft, by, when):
    services.detach(draft.documents.get(), by=by, at=when)


@pytest.mark.parametrize("change", [earn_more, take_somebody_off, add_a_paper, take_a_paper_back])
def test_the_word_covers_what_stood_there_and_nothing_changed_since(draft, mandate, du_gaotian, change):
    now = timezone.now()
    add_a_paper(draft, du_gaotian, now - timedelta(minutes=1))
    draft.refresh_from_db()
    services.ask_applicant(draft, session_key=KEY, by=du_gaotian, at=now)
    services.hear_applicant(draft, code_for("13800000001")[0], session_key=KEY, by=du_gaotian, at=now)
    change(draft, du_gaotian, now + timedelta(seconds=1))
    for row in (draft, HousingApplication.objects.get()):  # as it was loaded before the change, and after it
        with pytest.raises(Refusal, match="先请他念验证码"):
            services.submit_for(row, session_key=KEY, by=du_gaotian, at=now + timedelta(seconds=2))
    with pytest.raises(Refusal, match="再发一次"):
        services.hear_applicant(row, "123456", session_key=KEY, by=du_gaotian, at=now + timedelta(seconds=2))
    assert HousingApplication.objects.get().state == State.DRAFT


@pytest.mark.parametrize(
    ("source", "number"), [(Source.BROKER, None), (Source.WORKER, "13900000077"), (Source.POLICE, "13900000077")]
)
def test_a_number_that_a_broker_wrote_down_gives_nobodys_word(source, number, worker, monkeypatch):
    monkeypatch.setattr("workers.services.reaching.held_source", lambda row, indicator: source)
    row = Worker.objects.get(pk=worker.pk)
    row.user, row.mobile = None, "13900000077"
    if number:
        assert services.phone_of(row) == number
    else:
        with pytest.raises(Refusal, match="本人核实过的手机号"):
            services.phone_of(row)


@pytest.mark.parametrize("scope", [["profile"], ["jobs", "wages"]])
def test_a_mandate_for_something_else_opens_nothing(scope, mandate, desk, page, draft, du_gaotian):
    Mandate.objects.update(scope=scope)
    for name in ("apply", "check_answers", "household", "documents", "mine"):
        assert desk.get(page(name)).status_code == 403
    assert desk.post(page("home"), {"home_m2": "80"}).status_code == 403
    with pytest.raises(NotAllowed):
        services.save_task(draft, {"home_m2": 80}, by=du_gaotian, at=timezone.now())
    assert not HousingApplication.objects.visible_to(du_gaotian).exists()


def test_a_mandate_that_ended_opens_nothing(mandate, desk, page, draft, wang_wei, du_gaotian):
    Mandate.objects.update(ended_at=timezone.now(), ended_by=wang_wei)
    assert desk.get(page("apply")).status_code == 404
    with pytest.raises(NotAllowed):
        services.save_task(draft, {"home_m2": 80}, by=du_gaotian, at=timezone.now())


@pytest.mark.parametrize("person", ["fengjie_broker", "li_fang", "jiangjin_official"])
def test_nobody_else_uses_a_brokers_addresses(person, mandate, page, draft, client_of, request):
    browser = client_of(request.getfixturevalue(person))
    for name in ("apply", "mine", "check_answers", "confirm"):
        assert browser.get(page(name)).status_code in (403, 404)


def test_a_broker_neither_withdraws_nor_throws_away(mandate, submitted, du_gaotian, make_worker, li_fang):
    now = timezone.now()
    with pytest.raises(NotAllowed):
        services.withdraw(submitted, by=du_gaotian, at=now)
    HousingApplication.objects.filter(pk=submitted.pk).update(state=State.DRAFT)
    with pytest.raises(NotAllowed):
        services.discard(HousingApplication.objects.get(), by=du_gaotian, at=now)


def test_what_the_registry_knows_is_not_shown_to_a_broker(mandate, desk, page, worker):
    Worker.objects.filter(pk=worker.pk).update(monthly_income_fen=612_300, residence_division="500107004")
    desk.post(page("apply"))
    assert "6123" not in desk.get(page("income")).text
    assert "1983-04-12" not in desk.get(page("household")).text


def test_a_broker_follows_the_case_without_the_households_names(mandate, desk, page, submitted, client_of):
    text = desk.get(page("mine")).text
    assert "等工作人员受理" in text and submitted.number in text
    for hidden in ("陈静", "王雨", "谁看过", "撤回"):
        assert hidden not in text


def test_a_broker_supplies_papers_and_the_client_hears_of_it(mandate, desk, page, draft, wang_wei, hand_in_papers, at):
    row = services.submit(draft, by=wang_wei, at=timezone.now())
    assert desk.get(page("documents")).status_code == 200
    hand_in_papers(row, moment=timezone.now())
    kept = desk.post(page("hand_in", "other"), {"files": photo()})
    assert kept["Location"] == page("documents")
    assert desk.post(page("supply"))["Location"] == page("mine")
    outbox.drain(at=timezone.now())
    assert Notice.objects.get(user=wang_wei, event="housing.complete").text.startswith("杜高田替你补齐了")
    paper = row.documents.first()
    answer = desk.get(reverse("housing:paper", args=[paper.pk]))
    assert answer.status_code == 200 and b"".join(answer.streaming_content)
    assert audit.timeline(row).filter(verb="read_paper", actor="杜高田（劳务经纪人）").exists()


def test_the_brokers_list_leads_there(mandate, desk, page):
    assert page("mine") in desk.get("/broker/people/").text
    Mandate.objects.update(scope=["profile"])
    assert page("mine") not in desk.get("/broker/people/").text


def test_every_text_about_a_brokers_step_fits_one_message(at):
    for verb in ("submit", "submit_incomplete", "complete", "resume"):
        text = notices.done_for_you(verb, "GZ-2026-000123456", at.date().replace(month=12, day=30), "欧阳司马诸葛")
        assert 0 < len(text) <= 70
    assert notices.done_for_you("submit", "GZ-2026-000123", None, "") == ""
