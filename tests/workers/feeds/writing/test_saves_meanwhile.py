"""What somebody saves while a file is being written or taken back is settled when both are there."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection

from workers import services
from workers.enums import Source
from workers.feeds import deciding, receiving, running
from workers.feeds.writing import applying, newcomers, reconciling, settling, undoing, weighing
from workers.models import FeedState, Merge, Provenance, Statement, Worker
from workers.twins import merging

from ...filed import BEGAN, id_number

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
        done = []

        def then(settle):
            def settled(*args, **more):
                outcome = settle(*args, **more)
                if not done:
                    done.append(True)
                    beside(work)
                return outcome

            return settled

        for name in ("settle", "settle_offer"):
            monkeypatch.setattr(settling, name, then(getattr(settling, name)))

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
    original = weighing.weigh

    def weigh(cursor, **more):
        numbers = original(cursor, **more)
        if numbers and not done:
            done.append(True)
            beside(lambda: says(worker, EDUCATION, {"education": "70"}, date(2026, 3, 5)))
        return numbers

    done = []
    monkeypatch.setattr(weighing, "weigh", weigh)
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


class Killed(BaseException):
    """What a process that is killed does not get past."""


@pytest.fixture
def confirmed(person, settings, tmp_path):
    """An agreeing file that waits to be written, about somebody of whom a stronger source had said less."""
    settings.PRIVATE_WORK_DIR = tmp_path / "work"
    worker = person(1, education="70", source=int(HR), day=date(2026, 1, 1))
    data = f"公民身份号码,姓名,学历\n{id_number(1)},测试1,初中\n".encode()
    batch = receiving.receive(
        iter([data]), "教育.csv", source=EDUCATION, observed_on=date(2026, 3, 1), by=None, at=BEGAN
    )
    batch = running.run(batch.pk, now=lambda: BEGAN)
    return worker, deciding.confirm(batch, by=None, at=BEGAN)


def killed_after_the_commit(batch, monkeypatch):
    def die(*args, **more):
        raise Killed

    for module in (applying, undoing):
        monkeypatch.setattr(module, "reconcile", die)
    with pytest.raises(Killed):
        running.run(batch.pk, now=lambda: BEGAN)


def test_a_kill_between_a_files_commit_and_the_settling_is_made_good_by_whoever_takes_it_up(
    confirmed, meanwhile, monkeypatch
):
    worker, batch = confirmed
    meanwhile(lambda: says(worker, HR, {"education": "20"}, date(2026, 3, 2)))
    killed_after_the_commit(batch, monkeypatch)
    worker.refresh_from_db()
    batch.refresh_from_db()
    assert (batch.state, worker.education) == (FeedState.APPLIED, "20")
    assert running.waiting() == [batch.pk]
    batch = running.run(batch.pk, now=lambda: BEGAN)
    worker.refresh_from_db()
    assert (batch.state, worker.education) == (FeedState.APPLIED, "70")
    assert running.waiting() == []


def test_a_file_that_is_settled_in_time_is_not_taken_up_again(confirmed):
    running.run(confirmed[1].pk, now=lambda: BEGAN)
    assert running.waiting() == []


def test_taking_a_file_back_settles_first_what_a_kill_had_left(confirmed, meanwhile, monkeypatch):
    worker, batch = confirmed
    meanwhile(lambda: says(worker, HR, {"education": "20"}, date(2026, 3, 2)))
    with monkeypatch.context() as patched:
        killed_after_the_commit(batch, patched)
    batch = running.run(deciding.take_back(batch, by=None, at=BEGAN, reason="文件发错").pk, now=lambda: BEGAN)
    worker.refresh_from_db()
    assert (batch.state, worker.education, running.waiting()) == (FeedState.UNDONE, "20", [])


def between_comparing_and_weighing(monkeypatch, work):
    original = newcomers.make

    def make(*args, **more):
        made = original(*args, **more)
        beside(work)
        return made

    monkeypatch.setattr(newcomers, "make", make)


def test_a_value_that_is_taken_back_after_comparing_is_not_written_down_as_the_first_loads(files, person, monkeypatch):
    worker = person(1, education="80")
    says(worker, EDUCATION, {"education": "70"}, date(2026, 3, 1))
    worker.refresh_from_db()
    assert worker.education == "70"

    def take_back():
        from workers.services.retracting import retract

        row = Worker.objects.get(pk=worker.pk)
        retract(row, {"education": "70"}, source=EDUCATION, observed_on=date(2026, 3, 1), by=None, at=BEGAN)

    between_comparing_and_weighing(monkeypatch, take_back)
    act, _counts = files.apply([(1, {"education": "20"})], EDUCATION, on=date(2026, 3, 5))
    texts = Statement.objects.filter(worker=worker, act_id=0).values_list("texts", flat=True)
    assert {text for row in texts for text in row} == {"80"}
    monkeypatch.undo()
    files.undo(act)
    worker.refresh_from_db()
    assert worker.education == "80"


@pytest.mark.parametrize("when", [between_comparing_and_weighing, "after settling"], ids=["weighing", "settling"])
def test_people_who_become_two_again_meanwhile_are_settled_one_by_one(files, person, monkeypatch, meanwhile, when):
    survivor, loser = person(1, education="80"), person(2, education="70")
    done = merging.merge(survivor, loser, by=None, at=BEGAN, reason="同一人")

    def part():
        merging.unmerge(Merge.objects.get(pk=done.pk), by=None, at=BEGAN, reason="不是同一人")

    if when == "after settling":
        meanwhile(part)
    else:
        when(monkeypatch, part)
    files.apply([(1, {"education": "20"}), (2, {"education": "30"})], EDUCATION, on=date(2026, 3, 5))
    survivor, loser = (Worker.everyone.get(pk=row.pk) for row in (survivor, loser))
    assert (survivor.merged_into_id, loser.merged_into_id) == (None, None)
    assert (survivor.education, loser.education) == ("20", "30")
