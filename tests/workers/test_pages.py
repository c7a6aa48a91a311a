"""The worker's own pages, as a browser without JavaScript sees them."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from core.crypto import id_check_character
from workers import services
from workers.enums import Purpose, Source
from workers.indicators import INDICATORS, Page
from workers.models import Mandate, Provenance, Worker

from .conftest import ID_NUMBER

PROFILE = "/me/profile/"


@pytest.fixture
def me(worker, client_of):
    return client_of(worker.user)


def text(response):
    return response.content.decode()


def test_the_first_visit_asks_for_name_and_id_number(wang_wei, client_of):
    client = client_of(wang_wei)
    assert client.get(PROFILE).url == reverse("workers:identify")
    answer = client.post(reverse("workers:identify"), {"full_name": "王伟", "id_number": ID_NUMBER})
    assert answer.url == PROFILE
    assert Worker.objects.get().birth_date.year == 1983


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("500199198304120015", "身份证号不对"),
        ("\x00\U0001f600" * 10, "不允许"),
        ("50019920150101001" + id_check_character("50019920150101001"), "16 周岁"),
    ],
)
def test_a_wrong_id_number_is_a_sentence_at_the_field(wang_wei, client_of, typed, sentence):
    client = client_of(wang_wei)
    answer = client.post(reverse("workers:identify"), {"full_name": "王伟", "id_number": typed})
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert "王伟" in text(answer)
    assert not Worker.objects.exclude(id_number_index=None).exists()


def test_the_task_list_names_seven_groups(me):
    shown = text(me.get(PROFILE))
    for page in Page:
        assert str(page.label) in shown
    assert ID_NUMBER not in shown


@pytest.mark.parametrize("page", Page.values)
def test_every_group_opens_and_saves_unchanged(me, worker, page):
    url = reverse("workers:page", args=[page])
    form = me.get(url).context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if value not in (None, ""):
            data[bound.name] = value
    before = Provenance.objects.get(worker=worker)
    assert me.post(url, data).url == PROFILE
    after = Provenance.objects.get(worker=worker)
    assert after.sources[:64] == before.sources[:64]


def test_saving_a_group_records_what_changed(me, worker):
    url = reverse("workers:page", args=["work"])
    answer = me.post(url, {"employment_status": "1", "work_division": "500116", "months_worked": "9", "industry": "E"})
    assert answer.url == PROFILE
    worker.refresh_from_db()
    assert (worker.employment_status, worker.work_division, worker.months_worked) == ("1", "500116", 9)
    assert worker.migration_type == "2"


def test_a_wish_for_work_is_saved(me, worker):
    data = {"wants_job": "1", "intent_trade": "electrician", "intent_years": "8", "intent_place": "any"}
    data |= {"intent_pay": "6500", "intent_unit": "month", "training_1": "welder"}
    assert me.post(reverse("workers:page", args=["wishes"]), data).url == PROFILE
    worker.refresh_from_db()
    intent = worker.intent
    assert (intent.trade, intent.experience_months, intent.anywhere, intent.min_pay_fen) == (
        "electrician",
        96,
        True,
        650_000,
    )
    assert worker.training_need == ["welder"]


def test_wrong_input_keeps_what_was_typed(me, worker):
    url = reverse("workers:page", args=["work"])
    typed = {"months_worked": "13", "occupation": "电工" * 100, "job_start": "2999-01-01", "work_division": "999999"}
    answer = me.post(url, typed)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"months_worked", "occupation", "job_start", "work_division"}
    assert 'value="13"' in text(answer)
    worker.refresh_from_db()
    assert worker.occupation == ""


def test_fields_that_are_not_the_workers_are_ignored(me, worker):
    me.post(reverse("workers:page", args=["pay"]), {"pension_type": "1", "arrears_status": "2", "wage_method": "2"})
    worker.refresh_from_db()
    assert (worker.pension_type, worker.arrears_status, worker.wage_method) == ("", "", "2")


def test_a_departments_value_is_shown_with_its_source_and_a_way_to_correct(me, worker, at):
    services.record(worker, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    answer = me.get(reverse("workers:page", args=["skills"]))
    shown = text(answer)
    assert "education" not in answer.context["form"].fields
    assert "教育部门 · 2026年3月9日" in shown
    assert reverse("workers:correct", args=["education"]) in shown
    assert "教育部门" in text(me.get(reverse("workers:correct", args=["education"])))


def test_every_value_has_a_page_that_says_how_to_correct_it(me):
    for row in INDICATORS:
        answer = me.get(reverse("workers:correct", args=[row.code]))
        assert answer.status_code == (404 if row.page is None else 200 if answer.status_code == 200 else 302), row.code


OFFER = "都没变，一键确认"


@pytest.fixture
def newcomer(wang_wei, client_of):
    """王伟 a moment after registering; the browser he did it in."""
    services.identify(wang_wei, full_name="王伟", id_number=ID_NUMBER, by=wang_wei, at=timezone.now())
    return client_of(wang_wei)


def said_before(user, days, source, **values):
    by = user if source == Source.WORKER else None
    then = timezone.now() - timedelta(days=days)
    services.record(Worker.objects.get(user=user), values, source=source, by=by, at=then)


def test_what_was_just_registered_is_not_offered_for_confirmation(newcomer):
    assert OFFER not in text(newcomer.get(PROFILE))


@pytest.mark.parametrize(("days", "offered"), [(29, False), (30, True)])
def test_what_nobody_said_for_a_month_is_offered_and_then_confirmed(newcomer, wang_wei, days, offered):
    said_before(wang_wei, days, Source.WORKER, trade="cook")
    assert (OFFER in text(newcomer.get(PROFILE))) is offered
    newcomer.post(reverse("workers:confirm"))
    assert OFFER not in text(newcomer.get(PROFILE))


def test_what_a_department_said_long_ago_is_not_the_workers_to_confirm(newcomer, wang_wei):
    said_before(wang_wei, 300, Source.HUMAN_RESOURCES, employment_status="1")
    assert OFFER not in text(newcomer.get(PROFILE))


def test_confirming_takes_one_tap(me, worker):
    answer = me.post(reverse("workers:confirm"), follow=True)
    assert "已确认 2 项" in text(answer)


def test_consents_are_given_and_withdrawn_one_by_one(me, worker):
    url = reverse("workers:set_consent", args=[Purpose.RECOMMEND])
    me.post(url, {"give": "1"})
    assert "已同意" in text(me.get(reverse("workers:consents")))
    me.post(url, {"give": "0"})
    assert not worker.consents.filter(withdrawn_at=None).exists()
    assert me.post(reverse("workers:set_consent", args=["everything"]), {"give": "1"}).status_code == 404


def test_a_mandate_is_seen_and_ended(me, mandate):
    assert "杜高田" in text(me.get(reverse("workers:mandates")))
    url = reverse("workers:end_mandate", args=[mandate.pk])
    assert me.get(url).status_code == 200
    me.post(url)
    mandate.refresh_from_db()
    assert mandate.ended_by == mandate.worker.user
    assert "已结束" in text(me.get(reverse("workers:mandates")))


def test_somebody_elses_mandate_is_not_there(mandate, li_fang, client_of, at):
    services.for_user(li_fang, at=at)
    client = client_of(li_fang)
    assert client.post(reverse("workers:end_mandate", args=[mandate.pk])).status_code == 404
    mandate.refresh_from_db()
    assert mandate.ended_at is None


def test_the_worker_sees_who_looked_and_why(me, worker, jiangjin_official, at):
    services.reveal(worker, "id_number", reason="核对工资表", by=jiangjin_official, at=at)
    shown = text(me.get(reverse("workers:sightings")))
    assert "江津经办" in shown
    assert "核对工资表" in shown
    assert "查看了完整的公民身份号码" in shown


@pytest.mark.parametrize("name", ["profile", "consents", "mandates", "sightings", "identify"])
def test_the_pages_are_for_workers_only(name, du_gaotian, jiangjin_official, client, client_of, db):
    url = reverse(f"workers:{name}")
    for user in (du_gaotian, jiangjin_official):
        assert client_of(user).get(url).status_code == 403
    assert client.get(url).status_code == 302


def test_changes_need_a_post(me, worker):
    for url in (reverse("workers:confirm"), reverse("workers:set_consent", args=["recommend"])):
        assert me.get(url).status_code == 405


def test_a_broker_gets_a_mandate_with_the_workers_code(worker, du_gaotian, client_of, monkeypatch):
    sent = []
    monkeypatch.setattr("accounts.codes.sms.queue", lambda number, words, **_kw: sent.append((number, words)))
    client = client_of(du_gaotian)
    asked = {"phone": "138 0000 0001", "full_name": "王伟", "scope": ["jobs"]}
    assert client.post(reverse("workers:mandate_request"), asked).url == reverse("workers:mandate_code")
    kept = str([row.get_decoded() for row in Session.objects.all()])
    assert "jobs" in kept
    assert not any(word in kept for word in ("13800000001", "王伟"))
    (number, words), code_url = sent[0], reverse("workers:mandate_code")
    assert number == "13800000001"
    code = re.search(r"\d{6}", words)[0]
    wrong = "000000" if code != "000000" else "111111"
    assert "验证码不对" in text(client.post(code_url, {"code": wrong}))
    assert not Mandate.objects.exists()
    assert client.post(code_url, {"code": code}).status_code == 302
    assert Mandate.objects.live().get().scope == ["jobs"]


def test_the_task_list_asks_the_same_few_queries_when_history_grows(me, worker, at, queries_do_not_grow):
    def add():
        for n in range(20):
            services.record(worker, {"months_worked": n % 12}, source=Source.WORKER, by=worker.user, at=at)

    queries_do_not_grow(me, PROFILE, add)


def test_a_broker_keeps_a_clients_information_true_under_the_mandate(worker, mandate, du_gaotian, client_of, at):
    services.record(worker, {"monthly_income": 623_400}, source=Source.WORKER, by=worker.user, at=at)
    client, url = client_of(du_gaotian), reverse("workers:client_profile", args=[worker.worker_no])
    page = client.get(url)
    assert "¥6,000–¥7,000" in text(page)
    assert "6234" not in text(page)
    assert not {"pension_type", "residence_division", "ethnicity", "mobile"} & set(page.context["form"].fields)
    client.post(url, {"trade": "cook", "employment_status": "1", "intent_unit": "month"})
    worker.refresh_from_db()
    assert (worker.trade, worker.monthly_income_fen) == ("cook", 623_400)
    place = next(row.number for row in INDICATORS if row.code == "trade") - 1
    assert Provenance.objects.get(worker=worker).sources[place] == Source.BROKER
    assert services.seen_by(worker)[0].actor_id == du_gaotian.pk


def test_without_a_mandate_for_the_profile_the_page_is_closed(worker, du_gaotian, fengjie_broker, client_of, at):
    url = reverse("workers:client_profile", args=[worker.worker_no])
    assert client_of(du_gaotian).get(url).status_code == 404
    services.grant_mandate(worker, du_gaotian, scope=["jobs"], evidence="sms", by=worker.user, at=at)
    assert client_of(du_gaotian).get(url).status_code == 403
    assert client_of(fengjie_broker).get(url).status_code == 404
    assert client_of(worker.user).get(url).status_code == 403


def test_the_id_number_reaches_no_log(wang_wei, client_of, caplog, capfd):
    client = client_of(wang_wei)
    with caplog.at_level("DEBUG"):
        for typed in (ID_NUMBER[:-1] + "0", ID_NUMBER):
            client.post(reverse("workers:identify"), {"full_name": "王伟", "id_number": typed})
        for page in Page:
            client.get(reverse("workers:page", args=[page]))
    logged = caplog.text + "".join(capfd.readouterr())
    assert ID_NUMBER not in logged


def test_looking_registers_nobody(wang_wei, client_of):
    client = client_of(wang_wei)
    for name in ("profile", "consents", "mandates", "sightings"):
        assert client.get(reverse(f"workers:{name}")).url == reverse("workers:identify")
    assert client.get(reverse("workers:identify")).status_code == 200
    assert not Worker.objects.exists()
