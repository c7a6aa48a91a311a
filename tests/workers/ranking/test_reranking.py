"""Changing how much sources count: SQL against plain Python, what stays, and the way back."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection

from core import audit, outbox
from core.errors import NotAllowed, Refusal
from core.transitions import AlreadyMoved
from workers import expiring
from workers.enums import Source
from workers.feeds.lock import _KEY
from workers.feeds.writing import settling
from workers.indicators import BY_CODE
from workers.models import Precedence, RankChange, RankState, Worker
from workers.precedence import winner
from workers.ranking import rank_changes, reranking
from workers.services import standing
from workers.texts import text_of
from workers.twins import merging

EDUCATION, HUKOU = BY_CODE["education"], BY_CODE["hukou_division"]
SCHOOLS = ["10", "20", "30", "70", "80"]
pytestmark = pytest.mark.django_db


def expected(indicator, ranks):
    """By worker number what would be shown, by the pure rule over everything ever said."""
    found = {}
    for row in Worker.objects.select_related("provenance"):
        said = standing.statements(row, getattr(row, "provenance", None))[indicator.number]
        best = winner(said, ranks)
        found[row.pk] = text_of(indicator, row) if best is None or best.text is None else best.text
    return found


def shown(indicator):
    return {row.pk: text_of(indicator, row) for row in Worker.objects.all()}


def everything():
    """All that a change of ranks may touch."""
    return (
        list(Worker.everyone.order_by("pk").values_list("pk", "full_name", "education", "hukou_division")),
        {
            row.pk: {n: (s.source, s.day, s.act, s.text) for n, s in standing.outcome(row).items()}
            for row in Worker.objects.select_related("provenance")
        },
    )


def random_history(seed, files, person):
    """Several departments and first loads that disagree about some people."""
    rng = random.Random(seed)
    for who in range(1, 9):
        person(
            who, education=rng.choice(SCHOOLS), source=rng.choice([3, 11, 13]), day=date(2025, rng.randint(1, 12), 5)
        )
    acts = []
    for _file in range(rng.randint(3, 6)):
        source = rng.choice([Source.EDUCATION, Source.HUMAN_RESOURCES, Source.AGRICULTURE, Source.POLICE])
        rows = [(who, {"education": rng.choice(SCHOOLS)}) for who in rng.sample(range(1, 9), rng.randint(2, 8))]
        act, _counts = files.apply(rows, source, on=date(2026, 1, 1) + timedelta(days=rng.randint(0, 60)))
        acts.append(act)
    files.undo(rng.choice(acts))
    return rng


def random_ranks(rng):
    return {source: rng.choice([5, 20, 40, 60]) for source in rank_changes.sources_of(EDUCATION)}


def run(change, at):
    return rank_changes.run(change.pk, now=lambda: at)


def ask(ranks, by, at, indicator=EDUCATION):
    return rank_changes.ask(indicator, ranks, reason="教育部门的数据更准", by=by, at=at)


@pytest.mark.parametrize("seed", range(8))
def test_preview_and_effect_equal_the_rule_in_python(seed, files, person, city_official, at):
    rng = random_history(seed, files, person)
    before, old = everything(), rank_changes.present(EDUCATION)
    ranks = random_ranks(rng)
    now, then = shown(EDUCATION), expected(EDUCATION, {**old, **ranks})
    changed = {pk for pk in now if now[pk] != then[pk]}

    change = run(ask(ranks, city_official, at), at)
    assert (change.state, change.counts["people"]) == (RankState.WEIGHED, len(changed))
    assert {row["worker_id"]: row["said"] for row in change.counts["sample"]} == {pk: then[pk] for pk in changed}
    assert everything() == before and rank_changes.present(EDUCATION) == old

    change = run(rank_changes.confirm(change, by=city_official, at=at), at)
    assert (change.state, change.counts["applied"]) == (RankState.APPLIED, len(changed))
    assert shown(EDUCATION) == then
    assert all(standing.outcome(row)[18].text == then[row.pk] for row in Worker.objects.all())

    back = run(ask(old, city_official, at), at)
    run(rank_changes.confirm(back, by=city_official, at=at), at)
    assert everything() == before


@pytest.mark.parametrize("seed", range(12))
def test_files_that_come_after_a_change_are_weighed_by_the_new_ranks(seed, files, person, city_official, at):
    """Also against what agreed with the shown value, a first load's among it, which no change of ranks rewrites."""
    rng = random_history(seed, files, person)
    ranks = random_ranks(rng)
    run(rank_changes.confirm(run(ask(ranks, city_official, at), at), by=city_official, at=at), at)
    for source in rng.sample([Source.EDUCATION, Source.HUMAN_RESOURCES, Source.POLICE], 2):
        rows = [(who, {"education": rng.choice(SCHOOLS)}) for who in rng.sample(range(1, 9), 6)]
        files.apply(rows, source, on=date(2026, 1, 1) + timedelta(days=rng.randint(0, 90)))
    assert shown(EDUCATION) == expected(EDUCATION, rank_changes.present(EDUCATION))


def test_some_of_these_histories_change_somebody(files, person, city_official, at):
    """The control of the test above."""
    rng = random_history(3, files, person)
    ranks = {**rank_changes.present(EDUCATION), **random_ranks(rng)}
    assert shown(EDUCATION) != expected(EDUCATION, ranks)


def test_a_merged_person_shows_what_either_row_was_told(files, person, city_official, at):
    first, second = person(1, education="80"), person(2, education="70", source=13, day=date(2026, 1, 1))
    files.apply([(2, {"education": "20"})], Source.HUMAN_RESOURCES, on=date(2026, 2, 1))
    merging.merge(first, second, by=city_official, at=at)
    survivor = Worker.objects.get()
    assert survivor.education == "70"
    change = run(ask({Source.HUMAN_RESOURCES: 90}, city_official, at), at)
    assert change.counts["people"] == 1 and change.counts["sample"][0]["said"] == "20"
    run(rank_changes.confirm(change, by=city_official, at=at), at)
    survivor.refresh_from_db()
    assert survivor.education == "20"


def test_what_follows_from_the_value_follows(files, person, city_official, at):
    worker = person(1, work_division="500116001")
    files.apply([(1, {"hukou_division": "500116001"})], Source.POLICE)
    files.apply([(1, {"hukou_division": "510107001"})], Source.MEDICAL)
    worker.refresh_from_db()
    local = worker.migration_type
    change = run(ask({Source.MEDICAL: 90}, city_official, at, HUKOU), at)
    run(rank_changes.confirm(change, by=city_official, at=at), at)
    worker.refresh_from_db()
    assert worker.hukou_division == "510107001" and worker.migration_type not in ("", local)


def test_what_was_stated_while_the_change_was_written_is_settled_too(files, person, city_official, at, monkeypatch):
    """A save that read the old ranks and ended between the two looks."""
    person(1, education="80")
    files.apply([(1, {"education": "70"})], Source.EDUCATION)
    change = rank_changes.confirm(
        run(ask({Source.HUMAN_RESOURCES: 90}, city_official, at), at), by=city_official, at=at
    )
    monkeypatch.setattr(reranking, "find", lambda cursor, _indicator: _saved_meanwhile(cursor, files))
    run(change, at)
    assert Worker.objects.get().education == "20"


def _saved_meanwhile(cursor, files):
    """Nothing was found yet; then a file is written by somebody who still knows the old ranks."""
    Precedence.objects.filter(indicator=18, source=11).update(rank=30)
    files.apply([(1, {"education": "20"})], Source.HUMAN_RESOURCES)
    Precedence.objects.filter(indicator=18, source=11).update(rank=90)
    settling.prepare(cursor)


def test_who_may_not_or_asks_for_nothing_is_refused(jiangjin_official, auditor, city_official, at):
    for user in (jiangjin_official, auditor):
        with pytest.raises(NotAllowed):
            ask({Source.EDUCATION: 50}, user, at)
    with pytest.raises(Refusal, match="没有改动"):
        ask({Source.EDUCATION: 40}, city_official, at)
    with pytest.raises(Refusal, match="不按优先级显示"):
        ask({Source.POLICE: 50}, city_official, at, BY_CODE["id_number"])
    with pytest.raises(Refusal, match="从 1 到 100"):
        ask({Source.EDUCATION: 101}, city_official, at)
    with pytest.raises(Refusal, match="不提供"):
        ask({Source.BROKER: 50, 13: 77}, city_official, at)
    with pytest.raises(Refusal, match="理由"):
        rank_changes.ask(EDUCATION, {Source.EDUCATION: 50}, reason=" ", by=city_official, at=at)


def test_one_change_of_an_indicator_at_a_time(city_official, at):
    change = ask({Source.EDUCATION: 50}, city_official, at)
    with pytest.raises(Refusal, match="没办完"):
        ask({Source.EDUCATION: 60}, city_official, at)
    rank_changes.drop(run(change, at), by=city_official, at=at)
    assert rank_changes.present(EDUCATION)[13] == 40
    with pytest.raises(AlreadyMoved, match="已放弃"):
        rank_changes.confirm(change, by=city_official, at=at)
    assert ask({Source.EDUCATION: 60}, city_official, at).state == RankState.WEIGHING


def test_ranks_that_moved_meanwhile_are_not_overwritten(city_official, at):
    change = rank_changes.confirm(run(ask({13: 50}, city_official, at), at), by=city_official, at=at)
    Precedence.objects.filter(indicator=18, source=11).update(rank=33)
    change = run(change, at)
    assert change.state == RankState.FAILED and "重新提出" in change.message
    assert rank_changes.present(EDUCATION)[13] == 40


def test_a_change_waits_while_a_file_is_written(city_official, at):
    change = rank_changes.confirm(run(ask({13: 50}, city_official, at), at), by=city_official, at=at)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_KEY])
        assert run(change, at).state == RankState.APPLYING
        assert "正在写入" in RankChange.objects.get().message and rank_changes.present(EDUCATION)[13] == 40
    finally:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")  # closing lets go a moment later
        other.close()
    assert run(change, at).state == RankState.APPLIED


def test_it_is_on_record_and_reaches_the_background(city_official, at, monkeypatch):
    from workers import tasks

    asked = []
    monkeypatch.setattr(tasks.run_rank_change, "delay", asked.append)
    change = ask({13: 50}, city_official, at)
    outbox.drain(at=at)
    tasks.take_up_feeds()
    assert asked == [change.pk, change.pk]
    tasks.run_rank_change(change.pk)
    rank_changes.confirm(RankChange.objects.get(), by=city_official, at=at)
    tasks.run_rank_change(change.pk)
    tasks.take_up_feeds()
    assert len(asked) == 2
    entries = list(audit.timeline(change))
    assert [entry.verb for entry in entries] == [
        "workers.ranks_asked",
        "workers.ranks_confirmed",
        "workers.ranks_applied",
    ]
    assert entries[0].reason == "教育部门的数据更准" and entries[2].data["people"] == 0


def weighed(files, person, city_official, at):
    person(1, education="80")
    files.apply([(1, {"education": "70"})], Source.EDUCATION)
    files.apply([(1, {"education": "20"})], Source.HUMAN_RESOURCES)
    change = run(ask({Source.HUMAN_RESOURCES: 90}, city_official, at), at)
    assert change.state == RankState.WEIGHED and change.counts["sample"]
    return change


@pytest.mark.parametrize("decide", [rank_changes.confirm, rank_changes.drop])
def test_the_sample_of_people_goes_as_soon_as_somebody_decides(decide, files, person, city_official, at):
    change = decide(weighed(files, person, city_official, at), by=city_official, at=at)
    assert "sample" not in RankChange.objects.get().counts
    done = run(change, at)
    assert ("sample" in done.counts, done.counts["people"]) == (False, 1)


def test_what_nobody_decides_about_is_dropped_after_a_month_with_its_sample(files, person, city_official, at):
    weighed(files, person, city_official, at)
    assert expiring.drop_what_nobody_decided(at=at + timedelta(days=29)) == 0
    assert expiring.drop_what_nobody_decided(at=at + timedelta(days=31)) == 1
    change = RankChange.objects.get()
    assert (change.state, "sample" in change.counts) == (RankState.DROPPED, False)
    assert audit.timeline(change).get(verb="workers.ranks_expired").actor_id is None
    ask({Source.HUMAN_RESOURCES: 90}, city_official, at)
