"""Codes by SMS: bound, short-lived, counted before they are judged, and bounded whatever the sender does."""

import contextlib
import itertools
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from accounts import codes
from accounts.locks import queue_for
from accounts.models import PhoneCode, SmsMessage
from core.errors import Refusal
from tests.races import at_once, meet_after, passed

PHONE = "13800000001"
KEY = "session-one"
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def send(at, phone=PHONE, purpose="sign_in", session_key=KEY, **more):
    return codes.send(phone, purpose, session_key=session_key, at=at, **more)


def check(typed, at, phone=PHONE, purpose="sign_in", session_key=KEY):
    codes.check(phone, typed, purpose, session_key=session_key, at=at)


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_right_code_is_good_once(db, at, last_code):
    send(at)
    code = last_code()
    check(code, at)
    with pytest.raises(codes.WrongCode):
        check(code, at)


@pytest.mark.parametrize("spelling", ["{0} {1}", "{0}-{1}", " {0}{1} "])
def test_spaces_and_dashes_are_forgiven(db, at, last_code, spelling):
    send(at)
    code = last_code()
    check(spelling.format(code[:3], code[3:]), at)


def test_full_width_digits_are_forgiven(db, at, last_code):
    send(at)
    check("".join(chr(ord(digit) + 0xFEE0) for digit in last_code()), at)


@pytest.mark.parametrize(
    "other", [{"phone": "13800000002"}, {"purpose": "wages.complain"}, {"session_key": "session-two"}]
)
def test_a_code_is_bound_to_phone_purpose_and_session(db, at, last_code, other):
    send(at)
    with pytest.raises(codes.WrongCode):
        check(last_code(), at, **other)


def test_a_code_dies_after_five_minutes(db, at, last_code):
    send(at)
    check_at = at + timedelta(minutes=5)
    with pytest.raises(codes.WrongCode):
        check(last_code(), check_at)
    send(at + timedelta(hours=2))
    check(last_code(), at + timedelta(hours=2, minutes=5) - SECOND)


def test_five_wrong_tries_kill_a_code(db, at, last_code):
    send(at)
    code = last_code()
    for _ in range(5):
        with pytest.raises(codes.WrongCode):
            check(wrong(code), at)
    with pytest.raises(codes.WrongCode):
        check(code, at)


def test_the_fifth_try_may_still_be_right(db, at, last_code):
    send(at)
    code = last_code()
    for _ in range(4):
        with pytest.raises(codes.WrongCode):
            check(wrong(code), at)
    check(code, at)


def test_a_newer_code_replaces_the_older(db, at, last_code):
    send(at)
    older = last_code()
    send(at + MINUTE)
    newer = last_code()
    if older != newer:
        with pytest.raises(codes.WrongCode):
            check(older, at + MINUTE)
    check(newer, at + MINUTE)


def test_the_table_holds_no_code(db, at, last_code):
    send(at)
    code = last_code()
    row = PhoneCode.objects.values().get()
    assert not [name for name, value in row.items() if code in str(value) or code.encode() in _bytes(value)]


def _bytes(value):
    return bytes(value) if isinstance(value, memoryview) else b""


def test_a_confirmed_code_speaks_for_its_phone_for_ten_minutes(db, at, last_code):
    send(at)
    asked = {"session_key": KEY, "at": at}
    assert not codes.confirmed(PHONE, "sign_in", **asked)
    check(last_code(), at)
    assert codes.confirmed(PHONE, "sign_in", **asked)
    assert not codes.confirmed(PHONE, "wages.complain", **asked)
    assert not codes.confirmed("13800000002", "sign_in", **asked)
    assert not codes.confirmed(PHONE, "sign_in", session_key="session-two", at=at)
    assert not codes.confirmed(PHONE, "sign_in", session_key=KEY, at=at + timedelta(minutes=10))


def test_one_a_minute_five_an_hour_ten_a_day(db, at):
    sent, moment = [], at
    while moment < at + timedelta(days=1):
        try:
            send(moment, session_key=f"s{moment}")
            sent.append(moment - at)
        except codes.TooManyCodes:
            pass
        moment += timedelta(seconds=30)
    assert len(sent) == 10
    assert all(later - earlier >= MINUTE for earlier, later in itertools.pairwise(sent))
    assert sum(1 for moment in sent if moment < timedelta(hours=1)) == 5


def spellings(phone):
    """Fifty ways to write one number."""
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in phone)
    bodies = [
        phone,
        wide,
        f"{phone[:3]} {phone[3:7]} {phone[7:]}",
        f"{phone[:3]}-{phone[3:7]}-{phone[7:]}",
        f"({phone})",
    ]
    prefixes = ["", "+86", "0086", "86", "+86 ", "+86-", "0086 ", "＋８６", " ", "\u3000"]
    return [prefix + body for prefix in prefixes for body in bodies]


def test_a_thousand_requests_in_fifty_spellings_send_ten_messages(db, at, sink):
    ways = spellings(PHONE)
    assert len(set(ways)) == 50
    for n in range(1000):
        with contextlib.suppress(codes.TooManyCodes):
            send(at + timedelta(seconds=86 * n), phone=ways[n % 50], session_key=f"s{n}", address=f"10.0.{n % 250}.1")
    sent = sink()
    assert {message["to"] for message in sent} == {PHONE}
    in_a_day = [row for row in PhoneCode.objects.all() if row.sent_at < at + timedelta(days=1)]
    print(f"1000 requests in 50 spellings within a day: {len(in_a_day)} messages")
    assert len(in_a_day) == len(sent) == 10


def test_brute_force_of_a_phone_is_bounded(db, at):
    """An attacker with fresh sessions and all day gets at most 10 codes x 5 tries at a million."""
    judged, moment = 0, at
    while moment < at + timedelta(days=1):
        try:
            send(moment)
        except codes.TooManyCodes:
            moment += timedelta(minutes=10)
            continue
        for guess in range(20):
            before = PhoneCode.objects.order_by("-id").first().tries
            with pytest.raises(codes.WrongCode):
                check(f"x{guess}", moment)
            judged += PhoneCode.objects.order_by("-id").first().tries - before
        moment += timedelta(minutes=10)
    print(f"guesses judged in a day: {judged}; probability {judged / 1_000_000}")
    assert judged == 50


def test_a_busy_address_gets_a_question_and_is_not_blocked(db, at):
    for n in range(20):
        send(at, phone=f"139{n:08}", address="203.0.113.9")
    with pytest.raises(codes.QuestionFirst):
        send(at, phone="13700000000", address="203.0.113.9")
    send(at, phone="13700000000", address="203.0.113.9", asked=True)
    send(at, phone="13700000001", address="203.0.113.10")


def test_an_ipv6_customer_counts_as_one_address(db, at):
    for n in range(20):
        send(at, phone=f"139{n:08}", address=f"2001:db8:1:2::{n:x}")
    with pytest.raises(codes.QuestionFirst):
        send(at, phone="13700000000", address="2001:db8:1:2:ffff::1")
    send(at, phone="13700000001", address="2001:db8:1:3::1")


def test_the_daily_budget_stops_codes_with_a_sentence(db, at, settings):
    settings.SMS_DAILY_BUDGET = 1
    send(at)
    with pytest.raises(Refusal, match="短信"):
        send(at, phone="13700000000")
    assert PhoneCode.objects.count() == SmsMessage.objects.count() == 1


@pytest.mark.parametrize(
    "typed", ["", "1380000000", "138000000011", "02368888888", "abc", "+1 202 555 0100", "1" * 500]
)
def test_what_is_no_mobile_number_is_refused_in_words(db, at, typed):
    with pytest.raises(Refusal, match="11 位手机号"):
        send(at, phone=typed)


def test_a_try_counts_even_when_the_caller_forgets_to_commit(transactional_db, at, last_code):
    send(at)
    code = last_code()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        check(wrong(code), at)


@pytest.fixture
def everybody_counts_before_anybody_writes(monkeypatch):
    """Make the race certain: between counting and writing, wait a moment for the others."""
    monkeypatch.setattr(codes, "_sent_before", meet_after(codes._sent_before, 8, patience=0.5))


def test_eight_requests_at_once_send_one_message(transactional_db, at, everybody_counts_before_anybody_writes):
    assert len(passed(at_once(*[lambda: send(at)] * 8))) == 1


def test_without_the_lock_the_same_race_is_lost(
    transactional_db, at, monkeypatch, everybody_counts_before_anybody_writes
):
    """The negative control."""
    monkeypatch.setattr(codes, "queue_for", lambda *keys: None)
    assert len(passed(at_once(*[lambda: send(at)] * 8))) > 1


def eight_phones_at_once_from_an_address_that_has_one_code_left(at):
    for n in range(19):
        send(at, phone=f"139{n:08}", address="203.0.113.9")
    phones = [f"137{n:08}" for n in range(8)]
    return len(passed(at_once(*(partial(send, at, phone=phone, address="203.0.113.9") for phone in phones))))


def test_phones_at_once_do_not_overrun_what_one_address_may_ask(
    transactional_db, at, everybody_counts_before_anybody_writes
):
    assert eight_phones_at_once_from_an_address_that_has_one_code_left(at) == 1


def test_without_the_lock_of_the_address_they_do(
    transactional_db, at, monkeypatch, everybody_counts_before_anybody_writes
):
    """The negative control: only requests about one phone queue."""
    monkeypatch.setattr(codes, "queue_for", lambda phone, *_address: queue_for(phone))
    assert eight_phones_at_once_from_an_address_that_has_one_code_left(at) > 1


def test_who_has_answered_the_question_waits_for_nobody_at_the_address(db, at, monkeypatch):
    queued = []
    monkeypatch.setattr(codes, "queue_for", lambda *keys: queued.append(len(keys)))
    for n, asked in enumerate([False, True]):
        send(at, phone=f"139{n:08}", address="203.0.113.9", asked=asked)
    send(at, phone="13700000000")
    assert queued == [2, 1, 1]


def test_eight_right_answers_at_once_are_good_once(transactional_db, at, last_code):
    send(at)
    code = last_code()
    assert len(passed(at_once(*[lambda: check(code, at)] * 8))) == 1


def test_old_codes_are_forgotten_and_young_ones_kept(db, at):
    from accounts.tasks import forget_codes

    send(at)
    send(at + timedelta(days=365 * 20))
    forget_codes()
    assert PhoneCode.objects.count() == SmsMessage.objects.count() == 1
