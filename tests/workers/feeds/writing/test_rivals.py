"""Whoever agreed with what is shown rewrote nothing, and still outweighs a later file where that one counts less."""

from datetime import date

import pytest

from workers import services
from workers.enums import Source
from workers.feeds.writing import weighing
from workers.indicators import BY_CODE
from workers.models import RankChange, RankState, Statement
from workers.ranking import rank_changes
from workers.services import standing

EDUCATION, HR = Source.EDUCATION, Source.HUMAN_RESOURCES


def agreed_and_contradicted(files, person, source, on):
    """What is shown after a weak word, a file that agrees with it, and another department's file that does not."""
    worker = person(1, education="70", source=int(Source.BROKER), day=date(2025, 1, 1))
    files.apply([(1, {"education": "70"})], source, on=on)
    files.apply([(1, {"education": "20"})], HR, on=date(2026, 3, 1))
    worker.refresh_from_db()
    return worker


def test_a_department_that_counts_more_keeps_what_it_agreed_with(files, person):
    worker = agreed_and_contradicted(files, person, EDUCATION, date(2025, 6, 1))
    assert worker.education == "70"
    assert Statement.objects.get(worker=worker, act__source=EDUCATION).won


def test_one_that_counts_as_much_keeps_it_by_a_later_day_only(files, person):
    assert agreed_and_contradicted(files, person, HR, date(2026, 3, 2)).education == "70"


def test_by_an_earlier_day_it_does_not(files, person):
    assert agreed_and_contradicted(files, person, HR, date(2026, 2, 27)).education == "20"


def test_without_looking_for_rivals_the_file_would_stand(files, person, monkeypatch):
    monkeypatch.setattr(weighing, "_contestable", lambda *args, **more: [])
    assert agreed_and_contradicted(files, person, EDUCATION, date(2025, 6, 1)).education == "20"


def test_a_value_of_the_first_load_that_counts_more_by_new_ranks_stands(files, person, city_official, at):
    worker = person(1, education="70", source=int(Source.STATISTICS), day=date(2025, 1, 1))
    services.record(worker, {"education": "70"}, source=EDUCATION, by=None, at=at, observed_on=date(2025, 6, 1))
    ranks = rank_changes.ask(
        BY_CODE["education"], {Source.STATISTICS: 60}, reason="统计数据更准", by=city_official, at=at
    )
    rank_changes.run(ranks.pk, now=lambda: at)
    rank_changes.confirm(RankChange.objects.get(pk=ranks.pk), by=city_official, at=at)
    assert rank_changes.run(ranks.pk, now=lambda: at).state == RankState.APPLIED
    previewed = files.preview([(1, {"education": "20"})], EDUCATION, on=date(2026, 3, 1))
    files.apply([(1, {"education": "20"})], EDUCATION, on=date(2026, 3, 1))
    worker.refresh_from_db()
    outcome = standing.outcome(worker)[BY_CODE["education"].number]
    assert (worker.education, outcome.source, previewed.lower) == ("70", Source.STATISTICS, 1)


@pytest.mark.parametrize("on", [date(2026, 2, 27), date(2026, 3, 2)], ids=str)
def test_what_is_shown_is_what_the_statements_say(files, person, on):
    worker = agreed_and_contradicted(files, person, HR, on)
    number = BY_CODE["education"].number
    assert standing.outcome(worker)[number].text == worker.education
