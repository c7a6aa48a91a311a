"""A published month never changes; what is new becomes a new version."""

import threading
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from core import audit
from core.errors import NotAllowed, Refusal
from core.transitions import AlreadyMoved
from monitoring import changes, services, tasks
from monitoring.enums import ReportState
from monitoring.models import Report, Sheet
from monitoring.periods import parse
from workers.models import Worker

pytestmark = pytest.mark.django_db
OCTOBER = parse("2026-10")


def sheets_of(report):
    return dict(report.sheets.values_list("division_id", "figures"))


def test_a_month_has_a_sheet_for_the_city_and_every_district(october):
    sheets = sheets_of(october)
    assert len(sheets) == 39
    assert sheets["500000"]["workers.total"]["all"] == 600


def test_rebuilding_a_draft_replaces_its_figures_and_keeps_its_version(registry, november):
    first = services.build(OCTOBER, by=None, at=november)
    Worker.objects.filter(pk__in=[row.pk for row in registry[:100]]).delete()
    again = services.build(OCTOBER, by=None, at=november)
    assert (again.pk, again.version) == (first.pk, 1)
    assert sheets_of(again)["500000"]["workers.total"]["all"] == 500
    assert Sheet.objects.count() == 39


def test_rebuilding_a_published_month_makes_a_new_version_and_leaves_the_old_alone(october, registry, november):
    before = sheets_of(october)
    Worker.objects.filter(pk__in=[row.pk for row in registry[:100]]).delete()
    second = services.build(OCTOBER, by=None, at=november)
    assert (second.version, second.state) == (2, ReportState.DRAFT)
    october.refresh_from_db()
    assert october.state == ReportState.PUBLISHED
    assert sheets_of(october) == before


def test_publishing_the_new_version_supersedes_the_old_without_touching_it(october, city_official, november):
    before = sheets_of(october)
    second = services.build(OCTOBER, by=None, at=november)
    services.publish(second, by=city_official, at=november)
    october.refresh_from_db()
    assert october.state == ReportState.SUPERSEDED
    assert sheets_of(october) == before
    assert audit.timeline(october).last().reason == "由第 2 版代替"


@pytest.mark.parametrize("act", ["change", "delete", "add"])
def test_the_database_refuses_to_touch_published_figures(october, act):
    sheet = october.sheets.get(division="500000")
    with pytest.raises(IntegrityError, match="do not change"), transaction.atomic():
        if act == "change":
            Sheet.objects.filter(pk=sheet.pk).update(figures={})
        elif act == "delete":
            sheet.delete()
        else:
            Sheet.objects.create(report=october, division_id="500000", figures={})


def test_the_database_refuses_to_redate_or_reopen_a_published_report(october, november):
    for change in ({"snapshot_on": november}, {"state": "draft", "published_at": None, "published_by": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=october.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        october.delete()


def test_only_one_draft_and_one_published_version_can_exist(october, november):
    services.build(OCTOBER, by=None, at=november)
    common = {"period": "2026-10", "snapshot_on": november, "definitions": "x", "origin": "demo", "built_at": november}
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(version=9, **common)


def test_a_second_official_is_told_that_it_is_published_already(registry, city_official, november):
    draft = services.build(OCTOBER, by=None, at=november)
    services.publish(draft, by=city_official, at=november)
    with pytest.raises(AlreadyMoved, match="市级经办"):
        services.publish(draft, by=city_official, at=november)
    draft.refresh_from_db()
    assert draft.state == ReportState.PUBLISHED


@pytest.fixture
def second_city_official(city_official):
    colleague = type(city_official)(role="official", display_name="市级同事", is_staff=True, username="colleague")
    colleague.save()
    colleague.jurisdictions.set(["500000"])
    return colleague


def test_whoever_had_it_built_does_not_publish_it(registry, city_official, second_city_official, november):
    draft = services.build(OCTOBER, by=city_official, at=november)
    with pytest.raises(NotAllowed, match="另一位"):
        services.publish(draft, by=city_official, at=november)
    assert services.publish(draft, by=second_city_official, at=november).published_by == second_city_official


def test_the_database_too_wants_two_people(october, registry, city_official, november):
    draft = services.build(OCTOBER, by=city_official, at=november)
    rows = Report.objects.filter(pk=draft.pk)
    with pytest.raises(IntegrityError, match="maker_is_not_checker"), transaction.atomic():
        rows.update(state="withdrawn", published_at=november, published_by=city_official)


def test_only_officials_of_the_whole_city_build_publish_and_withdraw(
    october, jiangjin_official, auditor, wang_wei, du_gaotian, november
):
    draft = services.build(OCTOBER, by=None, at=november)
    for person in (jiangjin_official, auditor, wang_wei, du_gaotian, None):
        with pytest.raises(NotAllowed):
            services.publish(draft, by=person, at=november)
        with pytest.raises(NotAllowed):
            services.withdraw(october, by=person, at=november, reason="错")
    for person in (jiangjin_official, auditor, wang_wei, du_gaotian):
        with pytest.raises(NotAllowed):
            services.build(OCTOBER, by=person, at=november)


def test_withdrawing_needs_a_reason_which_the_timeline_keeps(october, city_official, november):
    with pytest.raises(Refusal, match="理由"):
        services.withdraw(october, by=city_official, at=november, reason="  ")
    services.withdraw(october, by=city_official, at=november, reason="收入口径有误")
    assert audit.timeline(october).last().reason == "收入口径有误"


def test_a_month_that_has_not_begun_is_refused(november):
    with pytest.raises(Refusal, match="还没有开始"):
        services.build(parse("2026-12"), by=None, at=november)


def test_a_month_under_way_is_cut_at_today(db, november):
    assert str(services.build(parse("2026-11"), by=None, at=november).snapshot_on) == "2026-11-02"


def test_the_target_of_the_day_and_its_source_stay_with_the_report(db, november, city_official):
    kept = services.build(OCTOBER, by=None, at=november).parameters["wages.on_time_target_percent"]
    assert kept["value"] == 96
    assert kept["version"] == "wages.on_time_target_percent@2025-06-25"
    assert "38号" in kept["source"]
    later = datetime(2028, 2, 2, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert services.build(parse("2028-01"), by=None, at=later).parameters["wages.on_time_target_percent"]["value"] == 98


def test_before_any_target_was_set_there_is_none(db, november):
    assert services.build(parse("2025-03"), by=None, at=november).parameters == {}


def test_the_monthly_task_may_run_twice(registry, monkeypatch, november):
    monkeypatch.setattr("monitoring.tasks.timezone.now", lambda: november)
    assert tasks.build_monthly_report() == "2026-10 v1"
    before = sheets_of(Report.objects.get()), Report.objects.get().built_at
    assert tasks.build_monthly_report() is None
    assert (sheets_of(Report.objects.get()), Report.objects.get().built_at) == before


def test_the_monthly_task_completes_a_draft_of_the_running_month(registry, monkeypatch, november):
    services.build(OCTOBER, by=None, at=november - timedelta(days=10))
    monkeypatch.setattr("monitoring.tasks.timezone.now", lambda: november)
    assert tasks.build_monthly_report() == "2026-10 v1"
    assert Report.objects.get().snapshot_on == OCTOBER.last


def test_the_beat_schedule_names_the_task():
    from django.conf import settings

    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks.build_monthly_report.name in scheduled


def test_a_dry_run_shows_the_figures_and_keeps_nothing(registry, capsys):
    call_command("build_report", "2026-10", "--dry-run")
    assert "workers.total" in capsys.readouterr().out
    assert not Report.objects.exists() and not Sheet.objects.exists()


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "October", "2026-10-01", "２０２６-10", ""])
def test_a_month_written_wrongly_is_one_sentence(db, text):
    with pytest.raises(CommandError, match="月份写作"):
        call_command("build_report", text)


def test_changes_between_versions_name_each_number(october, registry, november, city_official):
    gone = registry[0]
    gone.delete()
    second = services.build(OCTOBER, by=None, at=november)
    found = changes.between(changes.before(second), second)
    city = next(change for change in found if change.figure == "登记农民工")
    assert (city.before, city.now) == ("600", "599")
    assert changes.before(october) is None


@pytest.mark.django_db(transaction=True)
def test_neighbouring_months_published_at_once_are_published_one_after_the_other(city_official, november):
    """The second waits for the first and then reads that it was built without it."""
    later = november + timedelta(minutes=5)
    drafts = [services.build(period, by=None, at=november) for period in (OCTOBER.previous, OCTOBER)]
    answers = []

    def publish_too():
        try:
            answers.append(services.publish(drafts[1], by=city_official, at=later))
        except Refusal as no:
            answers.append(no.message)
        finally:
            connection.close()

    second = threading.Thread(target=publish_too)
    with transaction.atomic():
        services.publish(drafts[0], by=city_official, at=later)
        second.start()
        time.sleep(1)  # time enough to look, and to be wrong
        assert answers == []
    second.join(30)
    assert "2026-09 又有新版发布" in answers[0]
    assert Report.objects.published().count() == 1
