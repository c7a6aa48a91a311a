"""Applying a department's file: who is new, what changes, what is kept and not shown, and what is left alone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.crypto import blind_index
from core.errors import Refusal
from workers import services
from workers.enums import Source
from workers.feeds.lock import one_at_a_time
from workers.indicators import BY_CODE
from workers.models import Act, Provenance, Statement, Worker
from workers.precedence import day_number
from workers.services.standing import outcome

from ...filed import id_number

EDUCATION, HR = Source.EDUCATION, Source.HUMAN_RESOURCES


def held(worker, code):
    row, place = Provenance.objects.get(worker=worker), BY_CODE[code].number - 1
    return Source(row.sources[place]), row.observed[place], (row.acts or [0] * 65)[place]


def test_a_changed_value_is_taken_with_its_source_day_and_act(files, person):
    worker = person(1)
    act, counts = files.apply([(1, {"education": "70"})], EDUCATION)
    worker.refresh_from_db()
    assert worker.education == "70"
    assert held(worker, "education") == (EDUCATION, day_number(date(2026, 3, 1)), act.pk)
    assert counts == {"new_people": 0, "statements": 1, "values": 1, "people": 1}


def test_an_agreeing_value_rewrites_neither_row_and_carries_the_fresher_day(files, person):
    worker = person(1, education="70", source=13)
    with CaptureQueriesContext(connection) as asked:
        _act, counts = files.apply([(1, {"education": "70"})], EDUCATION)
    assert not [q for q in asked.captured_queries if q["sql"].lstrip().startswith("UPDATE workers_worker")]
    assert counts["values"] == 0
    assert held(worker, "education")[1] == day_number(date(2025, 1, 1))
    assert outcome(Worker.objects.get(pk=worker.pk))[18].day == day_number(date(2026, 3, 1))


def test_an_outranked_value_is_kept_and_not_shown(files, person):
    worker = person(1, education="70", source=13)
    files.apply([(1, {"education": "20"})], HR)
    worker.refresh_from_db()
    assert worker.education == "70"
    assert Statement.objects.get(worker=worker).texts == [None, "20"]


def test_blank_says_nothing(files, person):
    worker = person(1)
    files.apply([(1, {"education": None, "graduation": "江津职校"})], EDUCATION)
    worker.refresh_from_db()
    assert (worker.education, worker.graduation) == ("80", "江津职校")


def test_somebody_new_is_registered_with_everything_the_file_says(files):
    act, counts = files.apply(
        [(7, {"full_name": "冉光明", "hukou_division": "500116001", "household_size": 4})], Source.POLICE
    )
    worker = Worker.objects.get(id_number_index=blind_index("id_number", id_number(7)))
    assert (worker.full_name, worker.name_pinyin, worker.household_size) == ("冉光明", "ran guang ming", 4)
    assert (worker.sex, worker.birth_date.isoformat()) == ("1", "1974-03-08")
    assert worker.id_number.open() == id_number(7)
    assert worker.worker_no.startswith("W")
    assert held(worker, "hukou_division") == (Source.POLICE, day_number(date(2026, 3, 1)), act.pk)
    assert held(worker, "sex")[0] == Source.COMPUTED
    assert counts["new_people"] == 1


def test_nobody_is_registered_without_a_name(files):
    _act, counts = files.apply([(7, {"education": "70"})], EDUCATION)
    assert counts["new_people"] == 0
    assert not Worker.objects.exists()


def test_values_of_every_kind_arrive(files, person):
    worker = person(1)
    files.apply(
        [
            (
                1,
                {
                    "training_subsidy_fen": 120_000,
                    "training_count": 2,
                    "last_training": "电工初级",
                    "last_training_on": date(2026, 1, 5),
                    "unemployment_ins": False,
                },
            )
        ],
        HR,
    )
    files.apply([(1, {"left_behind": ["1", "3"]})], Source.CIVIL_AFFAIRS)
    worker.refresh_from_db()
    assert (worker.training_subsidy_fen, worker.training_count, worker.unemployment_ins) == (120_000, 2, False)
    assert (worker.last_training, worker.last_training_on) == ("电工初级", date(2026, 1, 5))
    assert worker.left_behind == ["1", "3"]


def test_what_follows_is_recomputed(files, person):
    worker = person(1, work_division="500236")
    files.apply([(1, {"full_name": "冉光明", "hukou_division": "500116001"})], Source.POLICE)
    worker.refresh_from_db()
    assert (worker.name_pinyin, worker.migration_type) == ("ran guang ming", "3")


def test_the_outcome_does_not_depend_on_the_order_of_files(files, person):
    first, second = person(1), person(2)
    older, newer = ("70", date(2026, 2, 1)), ("20", date(2026, 3, 1))
    for worker, order in ((1, (older, newer)), (2, (newer, older))):
        for value, day in order:
            files.apply([(worker, {"education": value})], EDUCATION, on=day)
    first.refresh_from_db(), second.refresh_from_db()
    assert first.education == second.education == "20"


def test_one_person_saying_something_counts_against_the_files(files, worker):
    services.record(worker, {"marital_status": "20"}, source=Source.WORKER, by=worker.user, at=worker.created_at)
    said = Act.objects.latest("pk")
    assert said.numbers == [10]
    assert held(worker, "marital_status")[2] == said.pk


def test_a_preview_tells_what_applying_then_does_and_writes_nothing(files, person):
    for number in range(1, 6):
        person(number, education="70", source=13)
    rows = [
        (1, {"full_name": None, "education": "70"}),
        (2, {"full_name": None, "education": "20"}),
        (9, {"full_name": "新人", "education": "20"}),
    ]
    before = (Worker.objects.count(), Act.objects.count(), Statement.objects.count())
    found = files.preview(rows, EDUCATION)
    assert (Worker.objects.count(), Act.objects.count(), Statement.objects.count()) == before
    assert (found.rows, found.new_people, found.agreeing_rows, found.changed, found.changed_people) == (3, 1, 1, 1, 1)
    assert [(row["held"], row["said"]) for row in found.samples["changed"]] == [("70", "20")]
    _act, counts = files.apply(rows, EDUCATION)
    assert (counts["new_people"], counts["values"]) == (found.new_people, found.changed)


def test_a_preview_names_what_is_outranked_older_and_contested(files, person):
    person(1, education="70", source=13)
    person(2, education="70", source=13, day=date(2026, 9, 1))
    person(3, education="70", source=12)
    assert files.preview([(1, {"education": "20"})], HR).lower == 1
    assert files.preview([(2, {"education": "20"})], EDUCATION).older == 1
    assert files.preview([(3, {"education": "20"})], HR).contested == 1


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_are_serialised_with_a_sentence(files):
    from threading import Event, Thread

    from django.db import transaction

    ready, done = Event(), Event()

    def hold():
        with transaction.atomic(), connection.cursor() as cursor:
            one_at_a_time(cursor)
            ready.set()
            done.wait(10)
        connection.close()

    other = Thread(target=hold)
    other.start()
    try:
        assert ready.wait(10)
        with pytest.raises(Refusal, match="另一批"):
            files.apply([(1, {"education": "70"})], EDUCATION)
    finally:
        done.set()
        other.join()
    assert files.apply([(1, {"education": "70"})], EDUCATION)[1]["statements"] == 0
