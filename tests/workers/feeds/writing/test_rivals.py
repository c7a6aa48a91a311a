"""Whoever agreed with what is shown rewrote nothing, and still outweighs a later file where that one counts less."""

from datetime import date

import pytest

from workers.enums import Source
from workers.feeds.writing import weighing
from workers.indicators import BY_CODE
from workers.models import Statement
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


@pytest.mark.parametrize("on", [date(2026, 2, 27), date(2026, 3, 2)], ids=str)
def test_what_is_shown_is_what_the_statements_say(files, person, on):
    worker = agreed_and_contradicted(files, person, HR, on)
    number = BY_CODE["education"].number
    assert standing.outcome(worker)[number].text == worker.education
