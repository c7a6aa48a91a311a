"""What somebody saves while a file is being written or taken back is settled when both are there."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection

from workers import services
from workers.enums import Source
from workers.feeds import applying, reconciling, settling, undoing
from workers.models import Provenance, Worker

from ..filed import BEGAN

pytestmark = pytest.mark.django_db(transaction=True)
EDUCATION, HR = Source.EDUCATION, Source.HUMAN_RESOURCES


def beside(work):
    """Carry out in another session, and wait for it."""
    failed = []

    def run():
        try:
            work()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    other = Thread(target=run)
    other.start()
    other.join(20)
    assert not failed and not other.is_alive(), failed


def says(worker, source, values, on):
    row = Worker.objects.get(pk=worker.pk)
    services.record(row, values, source=source, by=None, at=BEGAN, observed_on=on)


@pytest.fixture
def meanwhile(monkeypatch):
    """Something that happens once, after a file has settled and before it is committed."""

    def happen(work):
        original, done = settling.settle, []

        def settle(cursor, *, at):
            outcome = original(cursor, at=at)
            if not done:
                done.append(True)
                beside(work)
            return outcome

        monkeypatch.setattr(settling, "settle", settle)

    return happen


def agreeing_file_and_a_weaker_word(files, person, meanwhile):
    worker = person(1, education="70", source=int(HR), day=date(2026, 1, 1))
    meanwhile(lambda: says(worker, HR, {"education": "20"}, date(2026, 3, 2)))
    files.apply([(1, {"education": "70"})], EDUCATION)
    worker.refresh_from_db()
    return worker.education


def test_a_weaker_word_that_a_save_took_while_an_agreeing_file_was_written_does_not_stay(files, person, meanwhile):
    assert agreeing_file_and_a_weaker_word(files, person, meanwhile) == "70"


def test_without_settling_afterwards_it_would_stay(files, person, meanwhile, monkeypatch):
    monkeypatch.setattr(applying, "reconcile", lambda *args, **more: None)
    assert agreeing_file_and_a_weaker_word(files, person, meanwhile) == "20"


def test_a_stronger_word_is_not_overwritten_by_a_file_that_had_weighed_before(files, person, monkeypatch):
    worker = person(1, education="80")
    original = settling.weigh

    def weigh(cursor):
        numbers = original(cursor)
        if numbers and not done:
            done.append(True)
            beside(lambda: says(worker, EDUCATION, {"education": "70"}, date(2026, 3, 5)))
        return numbers

    done = []
    monkeypatch.setattr(settling, "weigh", weigh)
    files.apply([(1, {"education": "20"})], HR)
    worker.refresh_from_db()
    assert (done, worker.education) == ([True], "70")


def test_a_save_of_something_else_does_not_bring_back_a_file_that_is_taken_back(files, person, monkeypatch):
    worker = person(1, education="80")
    first, _counts = files.apply([(1, {"education": "70"})], EDUCATION)
    files.apply([(1, {"education": "70"})], HR, on=date(2026, 3, 3))
    original = settling.weigh

    def weigh(cursor):
        numbers = original(cursor)
        if numbers and not done:
            done.append(True)
            beside(lambda: says(worker, HR, {"wage_method": "1"}, date(2026, 3, 5)))
        return numbers

    done = []
    monkeypatch.setattr(settling, "weigh", weigh)
    undoing.undo(first, at=BEGAN)
    place = 17
    held = Provenance.objects.get(worker=worker)
    assert (held.sources[place], (held.acts or [])[place] != first.pk) == (HR, True)


def test_a_file_that_came_to_stand_by_a_retraction_is_found_when_it_is_taken_back(files, person):
    worker = person(1, education="80")
    says(worker, HR, {"education": "70"}, date(2026, 3, 1))
    act, _counts = files.apply([(1, {"education": "70"})], Source.MARKET, on=date(2026, 2, 1))
    row = Worker.objects.get(pk=worker.pk)
    from workers.services.retracting import retract

    retract(row, {"education": "70"}, source=HR, observed_on=date(2026, 3, 1), by=None, at=BEGAN)
    worker.refresh_from_db()
    assert worker.education == "70"
    files.undo(act)
    worker.refresh_from_db()
    assert worker.education == "80"


def test_nothing_happened_meanwhile_and_nothing_is_settled(files, person):
    person(1)
    act, _counts = files.apply([(1, {"education": "70"})], EDUCATION)
    assert reconciling.reconcile(act, began_at=BEGAN, at=BEGAN) == {"values": 0, "people": 0}
