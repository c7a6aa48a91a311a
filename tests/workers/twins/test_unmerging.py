"""Merging and unmerging: whatever was said before, between and after, two rows end as if they had never been one."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from workers import services
from workers.enums import Source
from workers.indicators import INDICATORS
from workers.models import Merge, Provenance, Statement, Worker
from workers.services.retracting import retract
from workers.services.standing import outcome
from workers.texts import has_text, text_of
from workers.twins.merging import merge, unmerge
from workers.twins.regrouping import restand

from .conftest import LOADED, loaded_row

pytestmark = pytest.mark.django_db
MIGRATION = 27  # nobody states it: its day is that of computing, and empty it may or may not name the portal
LAST_CHECK = 65  # moves without a statement when one is repeated
PLAIN = [Phase.explicit, Phase.reuse, Phase.generate]  # shrinking dozens of database writes takes minutes
S = Source
SAYABLE = {
    "full_name": (["冉启明", "冉启铭"], [S.POLICE, S.HUMAN_RESOURCES]),
    "hukou_division": (["500116102", "500236117"], [S.POLICE, S.STATISTICS]),
    "education": (["20", "60", "70"], [S.EDUCATION, S.HUMAN_RESOURCES, S.WORKER]),
    "household_size": ([2, 3, 4], [S.POLICE, S.WORKER]),
    "work_division": (["500116102", "500236", "33"], [S.WORKER, S.BROKER, S.COMPUTED]),
    "trade": (["cook", "welder", ""], [S.WORKER, S.BROKER, S.BROKER_CONFIRMED]),
    "training_need": ([["cook"], ["cook", "welder"], []], [S.WORKER, S.BROKER]),
    "last_training": (
        [
            {"last_training": "电工", "last_training_on": date(2025, 5, 1)},
            {"last_training": "", "last_training_on": None},
        ],
        [S.HUMAN_RESOURCES, S.POLICE],
    ),
}
FIRST = st.fixed_dictionaries(
    {},
    optional={
        "education": st.sampled_from(["70", "80"]),
        "household_size": st.sampled_from([2, 5]),
        "hukou_division": st.sampled_from(["500116102", "500236"]),
        "trade": st.sampled_from(["cook", "carpenter"]),
        "full_name": st.just("冉启明"),
    },
)


@st.composite
def said(draw):
    """Which row, what, by whom, of which day; or the taking back of what was said last about it."""
    code = draw(st.sampled_from(sorted(SAYABLE)))
    values, sources = SAYABLE[code]
    return (
        draw(st.integers(0, 1)),
        {code: draw(st.sampled_from(values))},
        draw(st.sampled_from(sources)),
        date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 3))),
        draw(st.integers(0, 4)) == 0,
    )


@contextmanager
def forgotten():
    """A world of its own: everything is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def anybody_may_speak(monkeypatch):
    monkeypatch.setattr("workers.services.recording._require_voice", lambda *args: None)


class World:
    """Two people said twice each: `people` are merged and unmerged, `mirror` never were."""

    def __init__(self, at, firsts, sources):
        self.at = at
        self.people, self.mirror = (
            [loaded_row(at, source=source, **first) for first, source in zip(firsts, sources, strict=True)]
            for _ in range(2)
        )
        self.heard = {0: [], 1: []}

    def hear(self, statements):
        for which, values, source, day, takes_back in statements:
            self.at += timedelta(minutes=1)
            if takes_back and self.heard[which]:
                before, its_source, its_day = self.heard[which].pop()
                for row in (self.people[which], self.mirror[which]):
                    retract(row, before, source=its_source, observed_on=its_day, by=None, at=self.at)
                continue
            self.heard[which].append((values, source, day))
            for row in (self.people[which], self.mirror[which]):
                services.record(row, values, source=source, by=None, at=self.at, observed_on=day)

    def differences(self):
        """What the people show otherwise than those who were never merged."""
        for person, never_merged in zip(self.people, self.mirror, strict=True):
            one, other = shown(person), shown(never_merged)
            yield from (
                (code, one.get(code), other.get(code)) for code in one | other if one.get(code) != other.get(code)
            )


def shown(row):
    row = Worker.everyone.get(pk=row.pk)
    provenance = Provenance.objects.get(worker=row)
    found = {
        indicator.code: (
            text_of(indicator, row),
            provenance.sources[indicator.number - 1],
            provenance.observed[indicator.number - 1],
        )
        for indicator in INDICATORS
        if has_text(indicator)
    }
    migration, source, _day = found.pop("migration_type")
    found["migration_type"] = (migration, source if migration else None)
    found |= {number: (held.source, held.day, held.text) for number, held in outcome(row).items()}
    for number in (MIGRATION, LAST_CHECK):
        found.pop(number, None)
    return found | {"pinyin": row.name_pinyin}


@settings(max_examples=25, deadline=None, phases=PLAIN, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    firsts=st.tuples(FIRST, FIRST),
    sources=st.tuples(*2 * [st.sampled_from([S.POLICE, S.WORKER, S.BROKER])]),
    before=st.lists(said(), max_size=4),
    between=st.lists(said(), max_size=5),
    after=st.lists(said(), max_size=3),
)
def test_unmerged_rows_are_as_if_they_had_never_been_merged(
    at, anybody_may_speak, firsts, sources, before, between, after
):
    with forgotten():
        world = World(at, firsts, sources)
        world.hear(before)
        world.at += timedelta(minutes=1)
        done = merge(world.people[0], world.people[1], by=None, at=world.at)
        world.hear(between)
        world.at += timedelta(minutes=1)
        unmerge(done, by=None, at=world.at, reason="两个人")
        assert not list(world.differences())
        world.hear(after)
        assert not list(world.differences())


def values(row):
    return {code: shown(row)[code] for code in SAYABLE}


@settings(max_examples=12, deadline=None, phases=PLAIN, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    firsts=st.tuples(FIRST, FIRST),
    before=st.lists(said(), max_size=4),
    between=st.lists(said(), max_size=4),
    survivor=st.integers(0, 1),
)
def test_which_row_survives_does_not_matter_to_what_is_shown(at, anybody_may_speak, firsts, before, between, survivor):
    """And letting the statements decide once more changes nothing."""
    with forgotten():
        world = World(at, firsts, (S.POLICE, S.BROKER))
        world.hear(before)
        for rows in (world.people, world.mirror[:: 1 if survivor else -1]):
            merge(*rows, by=None, at=world.at)
        world.hear(between)
        one, other = Worker.objects.get(pk__in=[r.pk for r in world.people]), None
        other = Worker.objects.get(pk__in=[r.pk for r in world.mirror])
        assert values(one) == values(other)
        restand([world.people[1].pk], at=world.at)
        assert values(one) == values(other)


def test_a_merge_between_merges_is_undone_alone(at, anybody_may_speak):
    """Of three rows in one, the middle merge is undone: the third goes with the row that it had joined first."""
    first, second, third = (
        loaded_row(at, education=code, household_size=size, loaded_on=LOADED + timedelta(days=size))
        for code, size in (("70", 2), ("60", 3), ("20", 4))
    )
    before = [shown(row) for row in (first, second, third)]
    inner = merge(second, third, by=None, at=at)
    together = shown(second)
    outer = merge(first, second, by=None, at=at + timedelta(days=1))
    assert {row.merged_into_id for row in Worker.everyone.filter(pk__in=[second.pk, third.pk])} == {first.pk}
    services.record(third, {"education": "30"}, source=S.EDUCATION, by=None, at=at, observed_on=at.date())
    assert Worker.objects.get().education == "30"
    assert Statement.objects.filter(worker=third, act__source=S.EDUCATION).exists()
    unmerge(outer, by=None, at=at + timedelta(days=90), reason="不是同一人")
    assert Worker.everyone.get(pk=third.pk).merged_into_id == second.pk
    assert Worker.objects.get(pk=second.pk).education == "30"
    assert shown(first) == before[0]
    unmerge(inner, by=None, at=at + timedelta(days=91), reason="不是同一人")
    assert shown(second) == before[1]
    assert Worker.objects.get(pk=third.pk).education == "30"
    assert together != before[1]
    assert not Merge.objects.filter(undone_at=None).exists()
