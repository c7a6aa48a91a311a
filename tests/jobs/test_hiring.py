"""Being hired: until when it can be confirmed, what the registry learns of it, and how a mistake is taken back."""

from datetime import timedelta

import pytest

from accounts.models import Notice, SmsMessage
from accounts.notices import send
from core import audit, outbox
from core.calendar import local_day
from core.errors import NotAllowed, Refusal
from core.models import OutboxMessage
from jobs import services
from jobs.enums import ApplicationState, VacancyState
from jobs.models import Application, Vacancy
from workers import services as registry
from workers.enums import Source
from workers.indicators import BY_CODE
from workers.models import Provenance, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(make_vacancy, seeker, wang_wei, at):
    return services.apply(make_vacancy(headcount=1), seeker, by=wang_wei, at=at)


def put(application, **changes):
    Vacancy.objects.filter(pk=application.vacancy_id).update(**changes)


def source_of(worker, code):
    return Source(Provenance.objects.get(worker=worker).sources[BY_CODE[code].number - 1])


def work_of(worker):
    row = Worker.objects.get(pk=worker.pk)
    return (row.employment_status, row.employer_name, row.employer_uscc, row.work_division, row.job_start)


def test_who_applied_in_time_is_hired_after_the_last_day(application, du_gaotian, at):
    put(application, expires_on=local_day(at))
    later = at + timedelta(days=3)
    services.expire_overdue(at=later)
    services.hire(application, by=du_gaotian, at=later)
    vacancy = Vacancy.objects.get()
    assert (vacancy.state, vacancy.filled_count) == (VacancyState.FILLED, 1)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("closed", "已关闭.*不能再确认录用"),
        ("refused", "未通过.*不能再确认录用"),
        ("pending", "待审核.*不能再确认录用"),
    ],
)
def test_a_vacancy_that_was_ended_takes_nobody(application, du_gaotian, at, state, sentence):
    put(application, state=state, refusal_reason="写清班次")
    with pytest.raises(Refusal, match=sentence):
        services.hire(application, by=du_gaotian, at=at)
    application.refresh_from_db()
    assert application.state == ApplicationState.APPLIED


def test_an_expired_vacancy_that_is_full_takes_nobody(application, du_gaotian, at):
    put(application, state="expired", filled_count=1)
    with pytest.raises(Refusal, match="已经招满"):
        services.hire(application, by=du_gaotian, at=at)


def test_whoever_waits_when_the_last_day_passes_is_told_that_the_application_still_counts(application, seeker, at):
    put(application, expires_on=local_day(at))
    services.expire_overdue(at=at + timedelta(days=1))
    outbox.drain(at=at + timedelta(days=1))
    assert "你的报名还在" in Notice.objects.get(event="jobs.ended").text


def test_the_keeper_ends_an_expired_vacancy_and_whoever_waits_learns_that_no_answer_will_come(
    application, seeker, du_gaotian, at
):
    put(application, expires_on=local_day(at))
    later = at + timedelta(days=1)
    services.expire_overdue(at=later)
    services.close(Vacancy.objects.get(), reason="单位不招了", by=du_gaotian, at=later)
    outbox.drain(at=later)
    assert "已停止招聘" in Notice.objects.get(event="jobs.closed").text


def test_nobody_under_working_age_applies_or_is_hired(application, make_vacancy, seeker, wang_wei, du_gaotian, at):
    today = local_day(at)
    Worker.objects.update(birth_date=today.replace(year=today.year - 16, day=1) + timedelta(days=40))
    with pytest.raises(Refusal, match="不满 16 周岁"):
        services.apply(make_vacancy(), Worker.objects.get(), by=wang_wei, at=at)
    application.refresh_from_db()
    with pytest.raises(Refusal, match="不满 16 周岁"):
        services.hire(application, by=du_gaotian, at=at)


def test_the_registry_follows_a_hire(application, employer, seeker, du_gaotian, at):
    services.hire(application, by=du_gaotian, at=at)
    before = work_of(seeker)
    drained = at + timedelta(minutes=5)
    outbox.drain(at=drained)
    assert Notice.objects.get(event="jobs.hired").created_at == drained
    assert before == ("", "", "", "", None)
    assert work_of(seeker) == ("1", employer.name, employer.uscc, "500116001", local_day(at))
    worker = Worker.objects.get()
    assert (worker.industry, worker.migration_type) == (employer.industry, "1")
    assert source_of(worker, "employment_status") == Source.COMPUTED


def test_the_job_starts_on_the_day_that_the_notice_names(application, seeker, du_gaotian, at):
    put(application, starts_on=local_day(at) + timedelta(days=9))
    services.hire(application, by=du_gaotian, at=at)
    outbox.drain(at=at)
    assert work_of(seeker)[-1] == local_day(at) + timedelta(days=9)


def test_delivered_twice_the_message_changes_nothing_more(application, seeker, du_gaotian, at):
    services.hire(application, by=du_gaotian, at=at)
    outbox.drain(at=at)
    once = (work_of(seeker), Notice.objects.count(), seeker.statements.count())
    OutboxMessage.objects.update(done_at=None)
    outbox.drain(at=at + timedelta(hours=1))
    assert (work_of(seeker), Notice.objects.count(), seeker.statements.count()) == once


def test_what_the_worker_says_later_stands_against_the_hire(application, seeker, wang_wei, du_gaotian, at):
    services.hire(application, by=du_gaotian, at=at)
    outbox.drain(at=at)
    later = at + timedelta(days=40)
    registry.record(seeker, {"employment_status": "5"}, source=Source.WORKER, by=wang_wei, at=later)
    OutboxMessage.objects.update(done_at=None)
    outbox.drain(at=later)
    assert work_of(seeker)[0] == "5"


def test_a_hire_confirmed_by_mistake_is_taken_back(application, seeker, wang_wei, du_gaotian, at):
    registry.record(seeker, {"employment_status": "4"}, source=Source.WORKER, by=wang_wei, at=at - timedelta(days=1))
    services.hire(application, by=du_gaotian, at=at)
    outbox.drain(at=at)
    later = at + timedelta(hours=2)
    row = services.unhire(application, reason="点错了人", by=du_gaotian, at=later)
    outbox.drain(at=later)
    vacancy = Vacancy.objects.get()
    assert (row.state, row.hired_at, row.hired_by, row.closed_at) == (ApplicationState.VIEWED, None, None, None)
    assert (vacancy.state, vacancy.filled_count) == (VacancyState.PUBLISHED, 0)
    assert work_of(seeker) == ("4", "", "", "", None)
    assert source_of(seeker, "employment_status") == Source.WORKER
    assert "录用登记已撤销" in Notice.objects.get(event="jobs.unhired").text
    assert audit.timeline(row).last().reason == "点错了人"


def test_taken_back_before_the_message_went_out_nothing_reaches_worker_or_registry(application, seeker, du_gaotian, at):
    services.hire(application, by=du_gaotian, at=at)
    services.unhire(application, reason="点错了人", by=du_gaotian, at=at)
    outbox.drain(at=at)
    assert work_of(seeker) == ("", "", "", "", None)
    assert not Notice.objects.filter(event="jobs.hired").exists()


def test_hired_again_the_worker_and_the_registry_are_told_again(application, employer, seeker, du_gaotian, at):
    for hours in range(2):
        services.hire(application, by=du_gaotian, at=at + timedelta(hours=hours))
        outbox.drain(at=at + timedelta(hours=hours))
        if hours == 0:
            services.unhire(application, reason="点错了人", by=du_gaotian, at=at)
    assert Notice.objects.filter(event="jobs.hired").count() == 2
    assert work_of(seeker)[1] == employer.name


def test_a_place_of_a_closed_vacancy_does_not_open_it_again(make_vacancy, seeker, wang_wei, du_gaotian, at):
    row = services.apply(make_vacancy(headcount=2), seeker, by=wang_wei, at=at)
    services.hire(row, by=du_gaotian, at=at)
    services.close(row.vacancy, reason="不招了", by=du_gaotian, at=at)
    services.unhire(row, reason="点错了人", by=du_gaotian, at=at)
    vacancy = Vacancy.objects.get()
    assert (vacancy.state, vacancy.filled_count) == (VacancyState.CLOSED, 0)


def test_only_who_may_confirm_takes_back_and_says_why(
    application, wang_wei, fengjie_broker, fengjie_official, jiangjin_official, du_gaotian, at
):
    services.hire(application, by=du_gaotian, at=at)
    for other in (wang_wei, fengjie_broker, fengjie_official):
        with pytest.raises(NotAllowed):
            services.unhire(application, reason="点错了人", by=other, at=at)
    with pytest.raises(Refusal, match="请写明"):
        services.unhire(application, reason="  ", by=du_gaotian, at=at)
    services.unhire(application, reason="单位没有录用他", by=jiangjin_official, at=at)
    with pytest.raises(Refusal, match="用人单位已看"):
        services.unhire(application, reason="再撤一次", by=du_gaotian, at=at)
    assert Vacancy.objects.get().filled_count == 0


def test_the_registry_is_written_before_anybody_is_told(application, du_gaotian, at, monkeypatch):
    """The registry may keep the message waiting, and a text message holds the day's count, which all others need."""
    steps = []
    monkeypatch.setattr("jobs.handlers.record", lambda *args, **kwargs: steps.append("record"))
    monkeypatch.setattr("jobs.handlers.send", lambda *args, **kwargs: steps.append("tell"))
    services.hire(application, by=du_gaotian, at=at)
    OutboxMessage.objects.exclude(topic="jobs.hired").delete()
    outbox.drain(at=at)
    assert steps == ["record", "tell"]


def test_after_a_closure_each_applicant_is_told_by_a_message_of_their_own(
    application, make_seeker, du_gaotian, at, monkeypatch
):
    """One number that cannot be told holds up nobody else."""
    other = make_seeker("冉春燕", mobile="13800009999")
    second = Application.objects.create(
        vacancy=application.vacancy,
        worker=other,
        division=application.division,
        source=application.source,
        applied_at=at,
        applied_by=du_gaotian,
    )
    OutboxMessage.objects.all().delete()
    services.close(Vacancy.objects.get(), reason="单位不招了", by=du_gaotian, at=at)

    def fails_for_the_first(recipient, *, ref, **kwargs):
        if ref == str(application.pk):
            raise RuntimeError("no gateway")
        return send(recipient, ref=ref, **kwargs)

    monkeypatch.setattr("jobs.handlers.send", fails_for_the_first)
    outbox.drain(at=at)
    assert Notice.objects.get(event="jobs.closed").ref == str(second.pk)
    waiting = OutboxMessage.objects.get(done_at=None)
    assert (waiting.topic, waiting.subject_id) == ("jobs.over", str(application.pk))


def test_whoever_was_answered_or_forgotten_meanwhile_is_not_told_of_the_closure(application, du_gaotian, at):
    services.close(Vacancy.objects.get(), reason="单位不招了", by=du_gaotian, at=at)
    for gone in (False, True):
        outbox.put("jobs.over", application, at=at, event="jobs.closed")
        Application.objects.update(state="withdrawn")
        if gone:
            Application.objects.all().delete()
        outbox.drain(at=at)
    assert not Notice.objects.filter(event="jobs.closed").exists()
    assert not OutboxMessage.objects.filter(done_at=None).exists()


def test_whoever_waits_when_the_last_place_is_taken_is_told_once_and_keeps_the_application(
    application, make_seeker, li_fang, du_gaotian, client_of, at
):
    other = make_seeker("李芳", user=li_fang, mobile="13800000002")
    waiting = services.apply(application.vacancy, other, by=li_fang, at=at)
    services.hire(application, by=du_gaotian, at=at)
    for _ in range(2):
        outbox.drain(at=at)
    told = Notice.objects.get(event="jobs.filled")
    assert (told.user, "已招满" in told.text, len(told.text) <= 70) == (li_fang, True, True)
    assert SmsMessage.objects.filter(event="jobs.filled").count() == 1
    waiting.refresh_from_db()
    assert waiting.state == ApplicationState.APPLIED
    assert "这个岗位已招满" in client_of(li_fang).get("/me/applications/").text
    services.unhire(application, reason="登记错了人", by=du_gaotian, at=at)
    services.hire(waiting, by=du_gaotian, at=at)


def test_nobody_is_told_of_a_full_vacancy_that_has_a_place_again(application, make_seeker, li_fang, du_gaotian, at):
    services.apply(application.vacancy, make_seeker("李芳", user=li_fang), by=li_fang, at=at)
    services.hire(application, by=du_gaotian, at=at)
    services.unhire(application, reason="登记错了人", by=du_gaotian, at=at)
    outbox.drain(at=at)
    assert not Notice.objects.filter(event="jobs.filled").exists()


def test_with_the_notices_share_of_text_messages_spent_the_notice_still_stands_in_the_portal(
    application, make_seeker, li_fang, du_gaotian, settings, at
):
    settings.SMS_NOTICE_PERCENT = 0
    other = make_seeker("李芳", user=li_fang, mobile="13800000002")
    services.apply(application.vacancy, other, by=li_fang, at=at)
    services.hire(application, by=du_gaotian, at=at)
    outbox.drain(at=at)
    assert Notice.objects.filter(event="jobs.filled", user=li_fang).exists()
    assert SmsMessage.objects.get(event="jobs.filled").state == "failed"
