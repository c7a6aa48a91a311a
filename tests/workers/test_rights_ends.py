"""What must be gone, and what must stay, after an account was closed or a person erased; and what a copy must hold."""

from datetime import date, timedelta

import pytest
from django.db import connections

from accounts.models import Notice, PhoneCode, RecoveryRequest, SmsMessage
from core import audit, outbox
from core.errors import Refusal
from core.models import OutboxMessage
from workers import services
from workers.enums import Source
from workers.feeds import lock
from workers.models import FeedBatch, FeedState, JobIntent, Provenance, RankChange, RankState, Statement, Worker
from workers.models.history import BASE
from workers.precedence import day_number
from workers.rights import closing, copying, erasing
from workers.services.intents import TO_BE_RECOMMENDED

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanted(worker, at):
    """王伟 looks for work and agreed to be recommended."""
    for purpose in TO_BE_RECOMMENDED:
        services.give_consent(worker, purpose, by=worker.user, at=at)
    services.record(
        worker, {"job_intent": {"wants_job": True, "trade": "cook"}}, source=Source.WORKER, by=worker.user, at=at
    )
    assert JobIntent.objects.get(worker=worker).recommendable
    return Worker.objects.get(pk=worker.pk)


def test_who_closed_the_account_is_recommended_no_more_and_has_no_broker(wanted, mandate, at):
    assert Worker.objects.get(pk=wanted.pk).broker_id == mandate.broker_id
    closing.close_account(wanted.user, by=wanted.user, at=at)
    assert not JobIntent.objects.get(worker=wanted).recommendable
    assert Worker.objects.get(pk=wanted.pk).broker_id is None


def test_closing_without_a_row_or_a_wish_goes_through(worker, li_fang, at):
    for user in (worker.user, li_fang):
        closing.close_account(user, by=user, at=at)
        user.refresh_from_db()
        assert not user.is_active


def test_the_copy_holds_what_the_first_load_said_after_it_was_displaced(wang_wei, at):
    row = Worker.objects.create(full_name="王伟", user=wang_wei, education="80", created_at=at)
    sources, observed = [0] * 65, [0] * 65
    sources[17], observed[17] = int(Source.WORKER), day_number(date(2025, 1, 1))
    Provenance.objects.create(worker=row, sources=sources, observed=observed)
    services.record(row, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    assert Statement.objects.filter(worker=row, act_id=BASE).exists()
    rows = copying.copy_for(wang_wei, by=wang_wei, at=at, opened=False)["tables"]["statements"]["rows"]
    assert "80" in [said["code"] for one in rows for said in one["texts"]["value"] if said]


def line(worker, said):
    return {"line": 2, "worker_id": worker.pk, "number": 18, "held": "70", "held_by": 0, "said": said}


def batch_of(state, samples, uploaded_at):
    return FeedBatch.objects.create(
        source=Source.EDUCATION,
        state=state,
        name="x.csv",
        digest=b"x" * 32,
        size_bytes=1,
        observed_on=uploaded_at.date(),
        uploaded_at=uploaded_at,
        counts={"rows": 2, "samples": samples},
    )


def test_erasing_takes_a_persons_values_out_of_the_previews(worker, city_official, at):
    other = Worker.objects.create(full_name="李芳", created_at=at)
    lines = {"changed": [line(worker, "60"), line(other, "60")], "new": [{"line": 3, "name": "赵某"}]}
    waiting = batch_of(FeedState.CHECKED, lines, at)
    written = batch_of(FeedState.APPLIED, lines, at)
    change = RankChange.objects.create(
        indicator=18,
        ranks={},
        before={},
        reason="x",
        state=RankState.WEIGHED,
        counts={"people": 2, "sample": [line(worker, "60"), line(other, "60")]},
        asked_by=city_official,
        asked_at=at,
    )
    erasing.erase(worker, by=None, at=at)
    for row in (waiting, written, change):
        row.refresh_from_db()
    assert waiting.counts == {"rows": 2, "samples": {"changed": [line(other, "60")], "new": lines["new"]}}
    assert written.counts == {"rows": 2, "samples": {}}
    assert change.counts == {"people": 2, "sample": [line(other, "60")]}


def test_what_went_to_the_number_before_it_was_theirs_stays(worker, city_official, at):
    user = worker.user
    before = user.phone_verified_at - timedelta(days=1)
    number = {"phone_index": user.phone_index, "event": "x"}
    for ref, moment in (("theirs", before), ("mine", at)):
        SmsMessage.objects.create(phone="13800000001", text=ref, created_at=moment, ref=ref, **number)
        Notice.objects.create(text=ref, created_at=moment, ref=ref, **number)
        RecoveryRequest.objects.create(
            name=ref,
            state="refused",
            decided_at=at,
            decided_by=city_official,
            id_last6="123456",
            new_phone="13800000001",
            new_phone_index=user.phone_index,
            district_id="500116",
            filed_at=moment,
        )
    erasing.erase(worker, by=None, at=at)
    assert list(SmsMessage.objects.filter(event="x").values_list("ref", flat=True)) == ["theirs"]
    assert list(Notice.objects.filter(event="x").values_list("ref", flat=True)) == ["theirs"]
    assert [one.name.open() for one in RecoveryRequest.objects.all()] == ["theirs"]


def test_every_row_of_the_person_is_held_while_it_is_emptied(worker, at):
    gone = Worker.objects.create(full_name="王玮", created_at=at)
    Worker.everyone.filter(pk=gone.pk).update(merged_into=worker)
    shown, rows = erasing._held_group(worker)
    assert (shown, sorted(rows)) == (worker, sorted([worker.pk, gone.pk]))
    erasing.erase(worker, by=None, at=at)
    assert audit.timeline(worker).get(verb="workers.erased").data == {"rows": 2}
    assert Worker.everyone.get(pk=gone.pk).full_name == ""


def test_whoever_was_merged_away_meanwhile_is_not_half_erased(worker, at):
    other = Worker.objects.create(full_name="王玮", created_at=at)
    Worker.everyone.filter(pk=worker.pk).update(merged_into=other)
    with pytest.raises(Refusal, match="重新核对"):
        erasing.erase(worker, by=None, at=at)


def test_nobody_is_erased_while_a_file_is_written(worker, at):
    beside = connections["default"].copy()
    try:
        beside.set_autocommit(False)
        with beside.cursor() as cursor:
            lock.one_at_a_time(cursor)
        with pytest.raises(Refusal, match="过一会儿再试"):
            erasing.erase(worker, by=None, at=at)
        beside.rollback()
    finally:
        beside.close()
    assert Worker.objects.get(pk=worker.pk).full_name == "王伟"
    erasing.erase(worker, by=None, at=at)
    assert Worker.everyone.get(pk=worker.pk).full_name == ""


def test_a_message_about_a_recovery_that_was_erased_is_done_with(worker, at):
    request = RecoveryRequest.objects.create(
        name="王伟",
        id_last6="123456",
        new_phone="13800000001",
        new_phone_index=worker.user.phone_index,
        district_id="500116",
        account=worker.user,
        filed_at=at,
    )
    outbox.put("accounts.recovery_proposed", request, at=at)
    erasing.erase(worker, by=None, at=at)
    outbox.drain(at=at)
    assert not OutboxMessage.objects.filter(topic="accounts.recovery_proposed", done_at=None).exists()


def test_erasing_takes_the_code_that_proved_the_number_and_no_stranger_s(worker, at):
    user = worker.user

    def sent(minutes_before, session, confirmed=True):
        moment = user.phone_verified_at - timedelta(minutes=minutes_before)
        code = PhoneCode.objects.create(
            phone_index=user.phone_index,
            session_index=session * 32,
            purpose="sign_in",
            digest=b"d" * 32,
            sent_at=moment,
            expires_at=moment + timedelta(minutes=5),
            confirmed_at=moment + timedelta(seconds=30) if confirmed else None,
        )
        about = {"phone": "13800000001", "phone_index": user.phone_index, "event": "code", "ref": str(code.uuid)}
        SmsMessage.objects.create(text="验证码 123456", created_at=moment, **about)
        return code

    sent(1, b"m")
    sent(3, b"m", confirmed=False)
    stranger, before = sent(2, b"s", confirmed=False), sent(60 * 24, b"s")
    erasing.erase(worker, by=None, at=at)
    assert set(PhoneCode.objects.all()) == {stranger, before}
    assert set(SmsMessage.objects.values_list("ref", flat=True)) == {str(stranger.uuid), str(before.uuid)}
