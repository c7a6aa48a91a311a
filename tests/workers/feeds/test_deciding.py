"""What people decide about a file, and what becomes of it."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from core import audit
from core.errors import Refusal
from workers import expiring
from workers.feeds import deciding
from workers.models import Act, FeedBatch, FeedState

from .batches import content, receive, run, somebody_at

pytestmark = pytest.mark.django_db


def test_a_file_that_nobody_is_at_can_be_given_up_before_its_check_ends(at):
    waiting = receive(content((1, "测试1", "初中")), at)
    assert deciding.drop(waiting, by=None, at=at).state == FeedState.DROPPED
    stuck = receive(content((1, "测试1", "初中")), at)
    FeedBatch.objects.filter(pk=stuck.pk).update(state=FeedState.CHECKING)
    with somebody_at(stuck), pytest.raises(Refusal, match="正在处理"):
        deciding.drop(stuck, by=None, at=at)
    assert deciding.drop(stuck, by=None, at=at).state == FeedState.DROPPED
    assert not list((Path(settings.MEDIA_ROOT) / "feeds").iterdir())


@pytest.mark.parametrize("leave", ["confirm", "drop"])
def test_values_of_people_are_kept_for_the_preview_only(leave, person, at):
    person(1)
    batch = run(receive(content((1, "测试1", "初中"), (2, "冉光明", "大学专科")), at), at)
    assert batch.counts["samples"]["changed"] and batch.counts["samples"]["new"]
    batch = getattr(deciding, leave)(batch, by=None, at=at)
    assert not batch.counts.get("samples") and batch.counts["changed"] == 1
    assert not run(batch, at).counts.get("samples")


def test_whoever_confirmed_has_written_and_not_whoever_uploaded(person, city_official, django_user_model, at):
    person(1)
    colleague = django_user_model.objects.get(pk=city_official.pk)
    colleague.pk, colleague.uuid, colleague.username = None, uuid4(), "second"
    colleague.save()
    colleague.jurisdictions.set(city_official.jurisdictions.all())
    batch = run(receive(content((1, "测试1", "初中")), at, by=city_official), at)
    batch = run(deciding.confirm(batch, by=colleague, at=at), at)
    assert (batch.uploaded_by, batch.confirmed_by) == (city_official, colleague)
    assert Act.objects.get().actor_id == colleague.pk
    assert audit.timeline(batch).get(verb="workers.feed_applied").actor_id == colleague.pk


def test_a_step_that_does_not_fit_the_state_says_so(at):
    batch = receive(content((1, "测试1", "初中")), at)
    with pytest.raises(Refusal, match="等待检查"):
        deciding.confirm(batch, by=None, at=at)


def test_a_dropped_file_leaves_nothing_behind(at):
    batch = run(receive(content((1, "测试1", "初中")), at), at)
    deciding.drop(batch, by=None, at=at)
    assert not list((Path(settings.MEDIA_ROOT) / "feeds").iterdir())


def test_a_preview_that_nobody_decides_about_goes_after_a_month_with_its_file(person, at):
    person(1)
    batch = run(receive(content((1, "测试1", "初中")), at), at)
    assert expiring.drop_what_nobody_decided(at=at + timedelta(days=29)) == 0
    assert expiring.drop_what_nobody_decided(at=at + timedelta(days=31)) == 1
    batch.refresh_from_db()
    assert (batch.state, "samples" in batch.counts) == (FeedState.DROPPED, False)
    assert not list((Path(settings.MEDIA_ROOT) / "feeds").iterdir())
