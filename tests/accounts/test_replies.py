"""Replies by text message: what is understood, what it may do, and what it must not."""

import json
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts import phones, replies
from accounts.models import SmsMessage, SmsQuestion, SmsReply
from accounts.replies import aliyun, inbound, kinds
from accounts.replies.reading import Choice, Reading, read
from core import outbox
from core.errors import Refusal
from core.models import OutboxMessage
from tests.races import at_once

PHONE, OTHER = "15400000001", "15400000002"
YES, NO = Choice("1", ("收到", "收到了")), Choice("2", ("没收到", "未收到"))
TOKEN = "t" * 40


@pytest.fixture(autouse=True)
def _sent_to_a_file_of_its_own(settings, tmp_path):
    settings.SMS_SINK, settings.SMS_PROVIDER = str(tmp_path / "sms.jsonl"), "file"


@pytest.fixture
def said(monkeypatch):
    """What the matter `test.paid` was told: (subject, digit)."""
    told = []

    def act(question, digit, at):
        if question.subject == "refused":
            raise Refusal("这件事不能这样答。")
        told.append((question.subject, digit))
        return "已记下。"

    answers = (replies.Answer("1", "收到", ("收到了",)), replies.Answer("2", "没收到", ("未收到",)))
    monkeypatch.setitem(kinds._kinds, "test.paid", replies.Kind(answers, act, lambda question: question.subject))
    return told


def ask(at, subject="甲", phone=PHONE):
    return replies.ask(phone, kind="test.paid", subject=subject, text=f"{subject}付了钱。", at=at)


def say(text, at, *, phone=PHONE, key=None):
    message = replies.Incoming("test", key or f"{text}{at}", phone, text, at)
    kept = replies.take(message, at=at)
    outbox.drain(at=at + timedelta(seconds=1))
    return kept


def texts():
    return [row.text.open() for row in SmsMessage.objects.order_by("pk")]


def states():
    return list(SmsReply.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("1", Reading("1")),
        (" １。", Reading("1")),
        ("回1", Reading("1")),
        ("回复：2", Reading("2")),
        ("收到", Reading("1")),
        ("1 收到了", Reading("1")),
        ("未收到！", Reading("2")),
        ("1 37", Reading("1", "37")),
        ("1，37", Reading("1", "37")),
        ("没收到 52", Reading("2", "52")),
        ("1没收到", None),
        ("12", None),
        ("137", None),
        ("3", None),
        ("", None),
        ("？", None),
        ("没有收到全部", None),
        ("收到1000元", None),
        ("1 1 1", None),
        ("我没收到老板的钱", None),
    ],
)
def test_what_surely_is_an_answer_is_one_and_nothing_else(text, reading):
    assert read(text, [YES, NO]) == reading


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text):
    reading = read(text, [YES, NO])
    assert reading is None or (reading.digit in "12" and len(reading.mark) in (0, 2))


def test_one_digit_answers_the_one_question(db, at, said):
    ask(at)
    assert say("1", at + timedelta(minutes=5))
    assert said == [("甲", "1")]
    assert texts() == ["甲付了钱。收到回1，没收到回2。", "已记下。"]
    assert SmsQuestion.objects.get().answer == "1" and not SmsQuestion.objects.open().exists()


def test_the_same_message_twice_is_one_reply(db, at, said):
    ask(at)
    later = at + timedelta(minutes=1)
    assert say("1", later, key="77")
    assert not say("1", later, key="77")
    assert said == [("甲", "1")] and SmsReply.objects.count() == 1


def test_a_message_handled_twice_acts_once(db, at, said):
    ask(at)
    say("1", at)
    inbound.handle(SmsReply.objects.get().pk, at=at)
    assert said == [("甲", "1")]


def test_number_and_words_rest_sealed(db, at, said):
    ask(at)
    say("1", at)
    row = SmsReply.objects.get()
    assert row.phone.open() == PHONE and row.text.open() == "1"
    assert "＊" in str(row.phone) and "＊" in str(row.text)


def test_two_questions_and_no_mark_change_nothing_and_say_how(db, at, said):
    first, second = ask(at), ask(at, "乙")
    say("1", at + timedelta(minutes=1))
    assert not said and states() == ["unclear"]
    assert texts()[1] == f"乙付了钱。收到回1 {second.mark}，没收到回2 {second.mark}。"
    assert first.mark in texts()[-1] and second.mark in texts()[-1] and "什么都没改" in texts()[-1]


def test_the_mark_names_one_of_them(db, at, said):
    ask(at)
    second = ask(at, "乙")
    say(f"2 {second.mark}", at + timedelta(minutes=1))
    assert said == [("乙", "2")]
    assert SmsQuestion.objects.open().get().subject == "甲"


def test_a_mark_that_no_question_has_changes_nothing(db, at, said):
    question = ask(at)
    wrong = next(str(mark) for mark in range(10, 100) if str(mark) != question.mark)
    say(f"1 {wrong}", at)
    assert not said and states() == ["unclear"]


def test_a_reply_written_before_the_question_does_not_answer_it(db, at, said):
    ask(at)
    replies.take(replies.Incoming("test", "late", PHONE, "1", at - timedelta(hours=1)), at=at + timedelta(minutes=1))
    outbox.drain(at=at + timedelta(minutes=2))
    assert not said and states() == ["nothing"]


def test_a_provider_ahead_of_time_answers_nothing_that_comes_later(db, at, said):
    replies.take(replies.Incoming("test", "ahead", PHONE, "1", at + timedelta(days=9)), at=at)
    ask(at + timedelta(days=1))
    outbox.drain(at=at + timedelta(days=2))
    assert not said


def test_a_question_that_ended_unanswered_may_be_the_one_meant(db, at, said):
    """Two messages on the screen, one of them no longer open: a bare digit is no answer to the other."""
    ask(at)
    replies.close(kind="test.paid", subject="甲", at=at + timedelta(minutes=1))
    ask(at + timedelta(minutes=2), "乙")
    say("1", at + timedelta(minutes=3))
    assert not said and states() == ["unclear"]


def test_another_phone_answers_nothing(db, at, said):
    ask(at)
    say("1", at, phone=OTHER)
    assert not said and states() == ["nothing"]
    assert len(texts()) == 1


def test_what_was_answered_before_is_said_and_not_changed(db, at, said):
    ask(at)
    say("1", at)
    say("2", at + timedelta(minutes=1))
    assert said == [("甲", "1")]
    assert "你已经答过“收到”" in texts()[-1]


def test_a_refusal_is_sent_back_and_the_question_stays(db, at, said):
    ask(at, "refused")
    say("1", at)
    assert states() == ["refused"] and texts()[-1] == "这件事不能这样答。"
    assert SmsQuestion.objects.open().exists()


def test_chatter_without_a_question_is_kept_and_not_answered(db, at, said):
    for text in ("你好", "1", "退订", "x" * 5000, "a\0b"):
        say(text, at)
    assert set(states()) == {"nothing"} and not texts()
    assert max(len(row.text.open()) for row in SmsReply.objects.all()) == inbound.LONGEST_TEXT


def test_a_machine_that_answers_is_answered_a_few_times_a_day_only(db, at, said):
    ask(at)
    for minute in range(inbound.HANDLED_A_DAY + 5):
        say("???", at + timedelta(minutes=minute))
    assert states().count("unclear") == inbound.HANDLED_A_DAY
    assert states().count("limited") == 5
    assert len(texts()) == 1 + inbound.ANSWERED_A_DAY
    say("1", at + timedelta(days=2))
    assert said == [("甲", "1")]


def test_asking_again_sends_nothing(db, at, said):
    assert ask(at) == ask(at)
    assert len(texts()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_deliveries_at_once_are_one_reply(at, said):
    message = replies.Incoming("test", "1", PHONE, "1", at)
    assert sorted(at_once(*(lambda: replies.take(message, at=at) for _ in range(4)))) == [False, False, False, True]


def up(client, entries, token=TOKEN, **extra):
    body = entries if isinstance(entries, (str, bytes)) else json.dumps(entries)
    return client.post(reverse("accounts:sms_replies", args=[token]), body, content_type="application/json", **extra)


def entry(**changes):
    known = {"phone_number": PHONE, "content": "1", "send_time": "2026-03-09 10:00:00", "sequence_id": 7}
    return {**known, "dest_code": "1234", "sign_name": "渝工通", **changes}


def test_without_a_secret_the_address_does_not_exist(db, client, settings):
    for known, tried in [("", ""), ("", TOKEN), ("short", "short"), (TOKEN, "u" * 40), (TOKEN, TOKEN + "x")]:
        settings.SMS_REPLY_TOKEN = known
        assert up(client, [entry()], token=tried or "-").status_code == 404
    assert not SmsReply.objects.exists()


def test_a_push_is_kept_and_acknowledged_as_aliyun_wants_it(db, client, settings):
    settings.SMS_REPLY_TOKEN = TOKEN
    answer = up(client, [entry(), entry(sequence_id="8", phone_number=OTHER)])
    assert (answer.status_code, answer.json()["code"]) == (200, 0)
    assert up(client, [entry()]).json()["code"] == 0
    assert SmsReply.objects.count() == 2
    row = SmsReply.objects.get(phone_index=phones.index(PHONE))
    assert row.said_at.isoformat() == "2026-03-09T02:00:00+00:00"
    assert OutboxMessage.objects.filter(topic=inbound.TOPIC).count() == 2


def test_one_number_twice_at_different_times_is_two_messages(db, client, settings):
    settings.SMS_REPLY_TOKEN = TOKEN
    up(client, [entry(), entry(send_time="20260309110000")])
    assert SmsReply.objects.count() == 2


HOSTILE = [
    entry(phone_number=None),
    entry(phone_number="10086"),
    entry(phone_number="1" * 5000),
    entry(content=["1"]),
    entry(sequence_id=None),
    entry(sequence_id=True),
    entry(sequence_id={}),
    entry(sequence_id="9" * 500),
    "1",
    None,
    [[[]]],
    {},
]


def test_one_bad_entry_does_not_keep_the_others_away(db, client, settings):
    settings.SMS_REPLY_TOKEN = TOKEN
    assert up(client, [*HOSTILE, entry(send_time="昨天"), entry(content="\ud800\u202e1\0")]).status_code == 200
    assert SmsReply.objects.count() == 2


@pytest.mark.parametrize("body", ["", "{}", "[", "1", '"x"', "[" * 100_000, "\xff", json.dumps([1] * 501)])
def test_what_is_no_list_of_messages_is_refused(db, client, settings, body):
    settings.SMS_REPLY_TOKEN = TOKEN
    assert up(client, body).status_code == 400


def test_a_body_too_large_is_not_read(db, client, settings):
    settings.SMS_REPLY_TOKEN = TOKEN
    assert up(client, "[" + " " * aliyun.LARGEST_BODY + "]").status_code == 413


def test_only_a_post_brings_replies(db, client, settings):
    settings.SMS_REPLY_TOKEN = TOKEN
    assert client.get(reverse("accounts:sms_replies", args=[TOKEN])).status_code == 405


def test_a_secret_that_can_be_guessed_is_an_error(settings):
    settings.SMS_REPLY_TOKEN = "secret"
    assert "accounts.E003" in {one.id for one in run_checks(tags=["security"])}


def test_the_demo_plays_a_phone(db, at, settings, said):
    settings.DEMO = True
    ask(at)
    call_command("sms_reply", PHONE, "1")
    outbox.drain(at=SmsReply.objects.get().received_at + timedelta(seconds=1))
    assert said == [("甲", "1")]
    with pytest.raises(CommandError):
        call_command("sms_reply", "110", "1")
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("sms_reply", PHONE, "1")


def test_what_nobody_looks_at_any_more_is_forgotten(db, at, said):
    ask(at)
    say("1", at)
    ask(at, "乙")
    assert replies.forget(before=at + timedelta(days=1)) == 2
    assert SmsQuestion.objects.get().subject == "乙"
