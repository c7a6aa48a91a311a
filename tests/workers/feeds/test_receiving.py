"""What is taken in, from whom, and what is refused at the door."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from core.errors import NotAllowed, Refusal
from workers.feeds import deciding
from workers.models import FeedBatch, FeedState

from .batches import content, receive, run

pytestmark = pytest.mark.django_db


def test_the_same_file_twice_is_refused_while_the_first_stands(person, at):
    person(1)
    data = content((1, "测试1", "初中"))
    first = run(deciding.confirm(run(receive(data, at), at), by=None, at=at), at)
    with pytest.raises(Refusal, match=f"第 {first.pk} 批.*没有任何变化"):
        receive(data, at)
    run(deciding.take_back(first, by=None, at=at, reason="撤销"), at)
    assert receive(data, at).state == FeedState.UPLOADED


def test_only_the_citys_officials_import(jiangjin_official, auditor, at):
    for user in (jiangjin_official, auditor):
        with pytest.raises(NotAllowed):
            receive(content((1, "测试1", "初中")), at, by=user)


def test_a_date_in_the_future_is_refused(at):
    with pytest.raises(Refusal, match="不能晚于今天"):
        receive(b"x", at, observed_on=date(2027, 1, 1))


def test_a_date_that_the_registry_cannot_hold_is_refused_where_it_is_typed(at):
    with pytest.raises(Refusal, match="不能早于") as no:
        receive(b"x", at, observed_on=date(1999, 12, 31))
    assert no.value.field == "observed_on"
    batch = receive(content((1, "测试1", "初中")), at)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedBatch.objects.filter(pk=batch.pk).update(observed_on=date(1999, 12, 31))
