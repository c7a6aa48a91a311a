"""A mandate comes from the worker: a code, or an official of the place with a reason; nobody is flooded with codes."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import codes, phones
from accounts.models import Notice, PhoneCode, SmsMessage
from core import audit, outbox
from core.errors import NotAllowed, Refusal
from core.models import Parameter
from tests.races import at_once, meet_after, passed
from workers import services
from workers.enums import Source
from workers.models import Mandate, Provenance, Worker
from workers.services import mandate_codes

ASK, CODE, QUESTION = (
    reverse("workers:mandate_request"),
    reverse("workers:mandate_code"),
    reverse("accounts:question"),
)
TYPED = {"phone": "138 0000 0001", "full_name": "王伟", "scope": ["jobs"]}
SESSION = "a-session"


@pytest.fixture
def limit(db):
    """`limit(key, number)`, taken back afterwards: parameters outlive a test that really commits."""
    rows = Parameter.objects.filter(key__startswith="workers.mandate")
    before = dict(rows.values_list("key", "value"))
    yield lambda key, number: rows.filter(key=f"workers.mandate_requests_{key}").update(value=number)
    for key, value in before.items():
        rows.filter(key=key).update(value=value)


def ask(broker, at, phone="13800000001", scope=("jobs",), **more):
    return services.ask_for_mandate(phone, scope=scope, session_key=SESSION, by=broker, at=at, **more)


def code_in(message):
    return re.search(r"\d{6}", message.text.open())[0]


def newest_code():
    return code_in(SmsMessage.objects.latest("pk"))


@pytest.fixture
def asked(worker, du_gaotian, at):
    """杜高田 asked 王伟 for a mandate about jobs; `asked(code)` types the code."""
    ask(du_gaotian, at)

    def typed(code, scope=("jobs",), name="王伟"):
        return services.grant_by_code(
            "13800000001", code, full_name=name, scope=scope, session_key=SESSION, by=du_gaotian, at=at
        )

    return typed


# Who may give and end a mandate


def test_a_broker_cannot_write_a_mandate_for_himself(worker, du_gaotian, at):
    with pytest.raises(NotAllowed):
        services.grant_mandate(
            worker, du_gaotian, scope=["jobs"], evidence="paper", reason="他签了字", by=du_gaotian, at=at
        )
    assert not Mandate.objects.exists()


def test_the_workers_code_makes_the_mandate(asked, du_gaotian):
    mandate = asked(newest_code())
    assert (mandate.broker, mandate.scope, mandate.evidence) == (du_gaotian, ["jobs"], "sms")


def test_a_wrong_code_makes_none(asked):
    wrong = f"{(int(newest_code()) + 1) % 1_000_000:06}"
    with pytest.raises(codes.WrongCode):
        asked(wrong)
    assert not Mandate.objects.exists()


def test_a_code_is_good_for_the_matters_that_its_message_named(asked, du_gaotian, at):
    asked(newest_code())
    later = at + timedelta(minutes=2)  # the first code still speaks for its phone
    ask(du_gaotian, later, scope=["jobs", "wages"])
    with pytest.raises(codes.WrongCode):
        asked("000000", scope=["jobs", "wages"])
    assert Mandate.objects.live(later).get().scope == ["jobs"]


def test_a_code_makes_one_mandate_and_no_second_one_after_the_worker_ended_it(asked, worker, at):
    services.end_mandate(asked(newest_code()), by=worker.user, at=at)
    with pytest.raises(codes.WrongCode):
        asked("000000")
    assert not Mandate.objects.live(at).exists()


def test_a_code_makes_no_mandate_of_another_person_who_shares_the_phone(asked, worker, at):
    mobile = {"mobile": worker.mobile.open(), "mobile_index": worker.mobile_index}
    Worker.objects.create(full_name="王小伟", name_pinyin="wang xiao wei", created_at=at, **mobile)
    asked(newest_code())
    with pytest.raises(codes.WrongCode):
        asked("000000", name="王小伟")
    assert Mandate.objects.get().worker == worker


def test_a_wrong_name_does_not_cost_the_code(asked):
    with pytest.raises(Refusal, match="没有找到"):
        asked(newest_code(), name="王韦")
    assert asked("").scope == ["jobs"]


def test_a_number_that_a_broker_wrote_down_opens_nobody(asked, worker, du_gaotian):
    Provenance.objects.filter(worker=worker).update(sources=[int(Source.BROKER)] * 65)
    with pytest.raises(Refusal, match="没有找到"):
        asked(newest_code())
    assert not Mandate.objects.exists()


def test_the_message_says_who_asks_and_for_what(asked):
    words = SmsMessage.objects.get().text.open()
    assert "杜高田" in words
    assert "找工作" in words
    assert len(words) <= 70


def test_a_name_with_braces_is_only_a_name(worker, du_gaotian, at):
    du_gaotian.display_name = "{code.__class__}"
    ask(du_gaotian, at)
    assert code_in(SmsMessage.objects.get())


def test_only_an_official_of_the_place_gives_one_at_the_counter_and_says_why(
    worker, du_gaotian, fengjie_official, jiangjin_official, at
):
    def give(official, reason):
        return services.grant_mandate(
            worker, du_gaotian, scope=["jobs"], evidence="counter", reason=reason, by=official, at=at
        )

    with pytest.raises(NotAllowed):
        give(fengjie_official, "本人到窗口办理")
    with pytest.raises(Refusal) as refused:
        give(jiangjin_official, " ")
    assert refused.value.field == "reason"
    assert give(jiangjin_official, "本人到窗口办理").broker == du_gaotian
    entry = audit.timeline(worker).get(verb="workers.mandate")
    assert (entry.reason, entry.actor_id) == ("本人到窗口办理", jiangjin_official.pk)


def test_an_official_ends_one_only_in_the_own_place_and_with_a_reason(mandate, fengjie_official, jiangjin_official, at):
    with pytest.raises(NotAllowed):
        services.end_mandate(mandate, reason="经纪人违规", by=fengjie_official, at=at)
    with pytest.raises(Refusal) as refused:
        services.end_mandate(mandate, by=jiangjin_official, at=at)
    assert refused.value.field == "reason"
    assert services.end_mandate(mandate, reason="经纪人违规", by=jiangjin_official, at=at).ended_at == at
    assert audit.timeline(mandate.worker).get(verb="workers.mandate_ended").reason == "经纪人违规"


def test_the_broker_gives_it_back_without_a_reason_and_another_broker_cannot(mandate, fengjie_broker, du_gaotian, at):
    with pytest.raises(NotAllowed):
        services.end_mandate(mandate, reason="不是我的", by=fengjie_broker, at=at)
    assert services.end_mandate(mandate, by=du_gaotian, at=at).ended_by == du_gaotian


def test_the_worker_is_told_by_the_deliverys_clock_at_the_account_or_else_at_the_registered_number(
    worker, mandate, du_gaotian, at
):
    later = at + timedelta(hours=1)
    stranger = Worker.objects.create(full_name="王二", mobile="13900000088", created_at=at)
    theirs = services.mandates.make_mandate(
        stranger, du_gaotian, scope=["jobs"], evidence="paper", by=du_gaotian, at=at
    )
    outbox.drain(at=later)
    told = Notice.objects.get(ref=str(mandate.pk))
    assert (told.user, told.created_at) == (worker.user, later)
    told = Notice.objects.get(ref=str(theirs.pk))
    assert (told.user, bytes(told.phone_index)) == (None, phones.index("13900000088"))


def test_an_auditor_touches_no_mandate(worker, mandate, du_gaotian, auditor, at):
    with pytest.raises(NotAllowed):
        services.end_mandate(mandate, reason="抽查发现问题", by=auditor, at=at)
    with pytest.raises(NotAllowed):
        services.grant_mandate(
            worker, du_gaotian, scope=["jobs"], evidence="counter", reason="抽查发现问题", by=auditor, at=at
        )


# How many codes a broker may have sent, and one phone may get


def test_a_broker_has_a_daily_number_of_requests(du_gaotian, fengjie_broker, at, limit):
    limit("broker", 2)
    for n in range(2):
        ask(du_gaotian, at, phone=f"1390000000{n}")
    with pytest.raises(Refusal, match="2 次"):
        ask(du_gaotian, at + timedelta(hours=23), phone="13900000009")
    assert SmsMessage.objects.count() == 2
    ask(fengjie_broker, at, phone="13900000008")
    ask(du_gaotian, at + timedelta(days=1, seconds=1), phone="13900000009")


def test_a_phone_gets_few_requests_whoever_asks_and_keeps_codes_for_itself(du_gaotian, fengjie_broker, at, limit):
    limit("phone", 2)
    ask(du_gaotian, at)
    ask(fengjie_broker, at + timedelta(hours=1), scope=["wages"])
    with pytest.raises(Refusal) as refused:
        ask(fengjie_broker, at + timedelta(hours=3))
    assert refused.value.field == "phone"
    codes.send("13800000001", "sign_in", session_key="own", at=at + timedelta(hours=3))


def test_what_is_no_phone_costs_nothing(du_gaotian, at, limit):
    limit("broker", 1)
    with pytest.raises(Refusal, match="11 位"):
        ask(du_gaotian, at, phone="12345")
    ask(du_gaotian, at)


def test_every_request_is_in_the_trail_without_the_phone(du_gaotian, at):
    ask(du_gaotian, at)
    entry = audit.timeline(du_gaotian).get(verb=mandate_codes.ASKED)
    assert "13800000001" not in str(entry.data)


def twelve_at_once(broker, at):
    asks = [partial(ask, broker, at, phone=f"139000000{number:02}") for number in range(12)]
    return len(passed(at_once(*map(transaction.atomic, asks))))


@pytest.mark.django_db(transaction=True)
def test_parallel_requests_do_not_overrun_the_daily_number(du_gaotian, at, limit):
    limit("broker", 3)

    assert (twelve_at_once(du_gaotian, at), SmsMessage.objects.count()) == (3, 3)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_daily_number_is_overrun(du_gaotian, at, monkeypatch, limit):
    """Negative control: counting alone lets everybody through who counts before anybody writes."""
    limit("broker", 3)
    together = meet_after(mandate_codes._refuse_beyond_brokers_limit, 12)
    monkeypatch.setattr(mandate_codes, "queue_for", lambda key: None)
    monkeypatch.setattr(mandate_codes, "_refuse_beyond_brokers_limit", together)
    assert twelve_at_once(du_gaotian, at) > 3


# The pages


def without_what_differs(answer):
    words = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.text)
    return re.sub(r"\d{3} \d{4} \d{4}|\d{6}", "", words)


def test_the_answer_is_the_same_for_a_registered_phone_and_a_strangers(worker, du_gaotian, client_of):
    seen = []
    for phone in ("13800000001", "13900000077"):
        client = client_of(du_gaotian)
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(ASK, {**TYPED, "phone": phone})
        page = client.get(CODE)
        wrong = client.post(CODE, {"code": "12345"})
        seen.append((answer.status_code, answer["Location"], len(queries), *map(without_what_differs, (page, wrong))))
    assert Worker.objects.count() == 1
    assert seen[0] == seen[1]


def test_a_busy_address_is_asked_the_question_and_what_was_typed_is_still_there(worker, du_gaotian, client_of, at):
    for n in range(20):
        codes.send(f"139{n:08}", "sign_in", session_key="x", at=timezone.now(), address="127.0.0.1")
    client = client_of(du_gaotian)
    answer = client.post(ASK, TYPED)
    assert answer["Location"].startswith(QUESTION)
    assert client.get(CODE)["Location"] == ASK  # no code was sent
    page = client.get(answer["Location"])
    total = sum(client.session["question"])
    assert "等于多少" in page.text
    back = client.post(answer["Location"], {"answer": str(total), "next": ASK})
    assert back["Location"] == ASK
    form = client.get(ASK).context["form"]
    assert [form[name].value() for name in ("phone", "full_name", "scope")] == ["138 0000 0001", "王伟", ["jobs"]]
    assert client.post(ASK, TYPED)["Location"] == CODE
    assert SmsMessage.objects.filter(phone_index=PhoneCode.objects.latest("pk").phone_index).exists()


def test_a_refused_request_says_so_at_the_field_and_keeps_what_was_typed(du_gaotian, client_of, limit):
    limit("phone", 0)
    answer = client_of(du_gaotian).post(ASK, TYPED)
    assert answer.status_code == 200
    assert answer.context["form"].errors["phone"]
    assert "王伟" in answer.text


def test_two_requests_in_one_minute_do_not_lose_the_first_code(worker, du_gaotian, client_of):
    client = client_of(du_gaotian)
    client.post(ASK, TYPED)
    assert "秒后再试" in client.post(ASK, TYPED).text
    assert client.post(CODE, {"code": newest_code()}).status_code == 302
    assert Mandate.objects.live().exists()
