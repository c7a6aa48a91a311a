"""What people receive: short enough for one text message, once, and nothing personal."""

from datetime import date, timedelta

import pytest

from accounts import phones
from accounts.models import Notice
from core import outbox
from core.models import OutboxMessage
from housing import notices, services
from housing.enums import Rule
from workers.models import Worker

pytestmark = pytest.mark.django_db
LONGEST_SMS = 70


@pytest.mark.parametrize("verb", notices.FOR_APPLICANT)
def test_every_text_fits_one_message(verb):
    text = notices.for_applicant(verb, "GZ-2026-000123", date(2026, 12, 30))
    assert len(text) <= LONGEST_SMS
    assert "{" not in text


def test_texts_about_deadlines_and_reminders_fit_too(submitted):
    texts = [notices.review_nearly_due(submitted), notices.objection_raised(submitted), notices.reminder()]
    submitted.docs_by = date(2026, 12, 30)
    texts.append(notices.papers_nearly_due(submitted))
    assert max(map(len, texts)) <= LONGEST_SMS


def test_the_applicant_hears_once_of_each_step(publicised, wang_wei, at):
    outbox.drain(at=at)
    events = list(Notice.objects.filter(user=wang_wei).order_by("pk").values_list("event", flat=True))
    assert events == ["housing.submit", "housing.take_up", "housing.pass_preliminary", "housing.pass_final"]
    OutboxMessage.objects.update(done_at=None)
    outbox.drain(at=at)
    assert Notice.objects.filter(user=wang_wei).count() == len(events)


def test_a_notice_keeps_the_day_that_held_when_the_step_was_taken(in_final, wang_wei, at):
    outbox.drain(at=at)
    assert "最迟4月7日" in Notice.objects.get(user=wang_wei, event="housing.submit").text


def test_a_notice_bears_the_moment_of_its_delivery(submitted, wang_wei, at):
    outbox.drain(at=at + timedelta(hours=1))
    assert Notice.objects.get(user=wang_wei).created_at == at + timedelta(hours=1)


def test_somebody_without_an_account_is_told_by_the_number_in_the_registry(submitted, worker, at):
    Worker.objects.filter(pk=worker.pk).update(user=None)
    fresh = Worker.objects.get(pk=worker.pk)
    fresh.mobile, fresh.mobile_index = "13900000077", phones.index("13900000077")
    fresh.save()
    outbox.drain(at=at)
    assert bytes(Notice.objects.get(event="housing.submit").phone_index) == phones.index("13900000077")


def test_a_refusal_is_told_without_its_reason(in_preliminary, jiangjin_official, wang_wei, at):
    services.refuse(in_preliminary, rule=Rule.HOME, text="有一套 78 ㎡的住房", by=jiangjin_official, at=at)
    outbox.drain(at=at)
    assert "78" not in Notice.objects.get(user=wang_wei, event="housing.refuse").text


def test_officials_of_the_district_hear_of_an_objection(publicised, li_fang, jiangjin_official, fengjie_official, at):
    services.raise_objection(publicised, text="他家在江津有两套房子。", by=li_fang, at=at)
    outbox.drain(at=at)
    assert Notice.objects.filter(user=jiangjin_official, event="housing.raise_objection").count() == 1
    assert not Notice.objects.filter(user=fengjie_official).exists()


def test_a_reminder_is_sent_once_on_its_day(worker, at):
    services.remind(worker, at.date() + timedelta(days=5), by=worker.user, at=at)
    assert services.send_due_reminders(at=at + timedelta(days=4)) == 0
    assert services.send_due_reminders(at=at + timedelta(days=5)) == 1
    assert services.send_due_reminders(at=at + timedelta(days=6)) == 0
    outbox.drain(at=at + timedelta(days=6))
    assert Notice.objects.filter(user=worker.user, event="housing.reminder").count() == 1
