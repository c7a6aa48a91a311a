"""A month is ordered in a moment and built by whoever drains the outbox; nothing ordered is lost or built twice."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Notice, User
from core import audit, outbox
from core.errors import NotAllowed, Refusal
from core.models import OutboxMessage
from monitoring import progress, services
from monitoring.enums import OrderState
from monitoring.models import BuildOrder, Report
from monitoring.periods import parse

OCTOBER = parse("2026-10")


@pytest.fixture
def order(registry, city_official, november):
    return services.order_build(OCTOBER, by=city_official, at=november)


def state_of(order):
    order.refresh_from_db()
    return order.state


@pytest.mark.django_db
def test_ordering_computes_nothing_and_leaves_one_message(order, november):
    assert order.state == OrderState.WAITING
    assert not Report.objects.exists()
    assert OutboxMessage.objects.get(topic="monitoring.build_ordered").subject_id == str(order.pk)


@pytest.mark.django_db
def test_the_drain_builds_in_the_name_of_whoever_ordered(order, city_official, november):
    outbox.drain(at=november)
    report = Report.objects.get()
    assert (state_of(order), order.report) == (OrderState.BUILT, report)
    assert (report.built_by, report.built_at) == (city_official, november)
    assert Notice.objects.get(user=city_official).url == f"/admin/monitoring/report/{report.pk}/change/"
    assert [entry.verb for entry in audit.timeline(order)] == ["order", "finish"]


@pytest.mark.django_db
def test_a_message_delivered_twice_builds_once(order, november):
    outbox.drain(at=november)
    OutboxMessage.objects.update(done_at=None)
    outbox.drain(at=november + timedelta(hours=1))
    assert Report.objects.get().built_at == november


@pytest.mark.django_db
def test_a_second_order_is_told_who_ordered_and_when(order, november, city_official):
    with pytest.raises(Refusal, match=r"市级经办.*11月2日 周一 01:30"):
        services.order_build(OCTOBER, by=city_official, at=november + timedelta(minutes=1))
    assert services.order_build(OCTOBER.previous, by=city_official, at=november).state == OrderState.WAITING
    outbox.drain(at=november)
    assert services.order_build(OCTOBER, by=city_official, at=november).pk != order.pk


@pytest.mark.django_db
def test_the_database_takes_one_waiting_order_of_a_month(order, november, city_official):
    with pytest.raises(IntegrityError, match="monitoring_order_one_waits"), transaction.atomic():
        BuildOrder.objects.create(period="2026-10", ordered_by=city_official, ordered_at=november)


@pytest.mark.django_db
def test_only_officials_of_the_whole_city_order(registry, jiangjin_official, auditor, wang_wei, november):
    for person in (jiangjin_official, auditor, wang_wei):
        with pytest.raises(NotAllowed):
            services.order_build(OCTOBER, by=person, at=november)


@pytest.mark.django_db
def test_a_month_that_has_not_begun_cannot_be_ordered(registry, city_official, november):
    with pytest.raises(Refusal, match="还没有开始"):
        services.order_build(parse("2026-12"), by=city_official, at=november)


@pytest.mark.django_db
def test_an_order_of_somebody_who_left_meanwhile_is_reported_and_not_tried_for_ever(order, city_official, november):
    User.objects.filter(pk=city_official.pk).update(is_active=False)
    outbox.drain(at=november)
    assert state_of(order) == OrderState.FAILED
    assert "无权编制" in audit.timeline(order).last().reason
    assert not Report.objects.exists()


def fail(*args, **kwargs):
    raise RuntimeError("out of memory")


@pytest.mark.django_db
def test_a_failed_attempt_is_repeated_later_and_the_page_says_when(order, november, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("monitoring.services.reports.compute", fail)
        outbox.drain(at=november)
    assert state_of(order) == OrderState.WAITING
    assert "没有编成" in progress.of(order, at=november).note
    outbox.drain(at=november + timedelta(minutes=1))
    assert state_of(order) == OrderState.BUILT


@pytest.mark.django_db
def test_after_several_attempts_the_official_is_told_that_it_failed(order, city_official, november, monkeypatch):
    monkeypatch.setattr("monitoring.services.reports.compute", fail)
    for hour in range(services.ATTEMPTS + 1):
        outbox.drain(at=november + timedelta(hours=hour))
    assert state_of(order) == OrderState.FAILED
    assert "没有编成" in Notice.objects.get(user=city_official).text
    assert services.order_build(OCTOBER, by=city_official, at=november).pk != order.pk


class Killed(BaseException):
    """Ends the process; nothing catches it."""


def die(*args, **kwargs):
    raise Killed


@pytest.mark.django_db
def test_a_build_that_kills_whoever_builds_it_is_given_up_like_any_other(order, city_official, november, monkeypatch):
    monkeypatch.setattr("monitoring.services.reports.compute", die)
    for hour in range(services.ATTEMPTS):
        with pytest.raises(Killed):
            outbox.drain(at=november + timedelta(hours=hour))
        assert progress.of(order, at=november + timedelta(hours=hour)).word == "等待重试"
    outbox.drain(at=november + timedelta(hours=services.ATTEMPTS))
    assert state_of(order) == OrderState.FAILED
    assert "没有编成" in Notice.objects.get(user=city_official).text


@pytest.mark.django_db
def test_the_page_knows_waiting_from_being_built_from_forgotten(order, november):
    assert progress.of(order, at=november).word == "排队中"
    later = progress.of(order, at=november + timedelta(minutes=10))
    assert later.tone == "danger" and "后台程序" in later.note
    outbox.drain(at=november)
    order.refresh_from_db()
    assert progress.of(order, at=november).word == "已编好"


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_the_order_to_the_next_one(registry, city_official):
    """`kill -9` in the middle of the build: nothing of it is left, and the next drain builds it once."""
    at = timezone.now()
    order = services.order_build(parse(f"{at:%Y-%m}"), by=city_official, at=at)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE housing_housingapplication")  # holds the build up in its last figure
        worker = subprocess.Popen([sys.executable, "manage.py", "drain_outbox", "--forever"], **of_this_database())
        try:
            wait_until(lambda: BuildOrder.objects.under_way().exists())
            assert progress.of(order, at=at).word == "编制中"
        finally:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
        wait_until(lambda: not BuildOrder.objects.under_way().exists())
    assert state_of(order) == OrderState.WAITING and not Report.objects.exists()
    assert OutboxMessage.objects.get(topic="monitoring.build_ordered").attempts == 1
    assert wait_until(lambda: outbox.drain(at=timezone.now()))
    assert state_of(order) == OrderState.BUILT
    outbox.drain(at=timezone.now())
    assert Report.objects.get().version == 1


def of_this_database():
    """The environment in which another process works on the test's database, with a broker that does not exist."""
    name = settings.DATABASES["default"]["NAME"]
    address = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    return {
        "cwd": Path(settings.BASE_DIR),
        "env": {
            **os.environ,
            "DEBUG": "1",
            "DATABASE_URL": address,
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        },
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    }


def wait_until(true, seconds=90):
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
    return found
