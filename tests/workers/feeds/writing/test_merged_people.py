"""Files about people whose two rows are one: each row's statements stay its own, and the shown row shows the winner."""

from datetime import date, datetime

from core.crypto import blind_index
from housing.models import Reminder
from workers.enums import Source
from workers.models import Statement, TwinPair, Worker
from workers.twins.merging import merge, unmerge

from ...filed import BEGAN, id_number

EDUCATION, HR, POLICE = Source.EDUCATION, Source.HUMAN_RESOURCES, Source.POLICE
MONTHS_LATER = datetime(2026, 9, 9, 10, 0, tzinfo=BEGAN.tzinfo)


def shown(row):
    return Worker.everyone.get(pk=row.pk).education


def test_a_file_that_finds_the_hidden_row_speaks_through_the_shown_one(files, person):
    survivor, loser = person(1, education="60", source=12), person(2, education="80", source=12)
    done = merge(survivor, loser, by=None, at=BEGAN)
    act, _counts = files.apply([(2, {"education": "70"})], EDUCATION)
    assert (shown(survivor), shown(loser)) == ("70", "80")
    assert Statement.objects.get(act=act).worker == loser
    files.undo(act)
    assert shown(survivor) == "60"
    files.apply([(2, {"education": "20"})], EDUCATION)
    unmerge(done, by=None, at=MONTHS_LATER, reason="核对有误")
    assert (shown(survivor), shown(loser)) == ("60", "20")


def test_a_file_that_agrees_with_the_hidden_row_can_still_win(files, person):
    survivor, loser = person(1, education="60", source=13), person(2, education="70", source=12)
    merge(survivor, loser, by=None, at=BEGAN)
    assert shown(survivor) == "60"
    files.apply([(2, {"education": "70"})], EDUCATION)
    assert shown(survivor) == "70"


def test_what_a_file_displaces_in_the_shown_row_is_not_taken_for_its_own_afterwards(files, person):
    survivor, loser = person(1, education="60", source=12), person(2, education="70", source=13)
    done = merge(survivor, loser, by=None, at=BEGAN)
    assert shown(survivor) == "70"
    act, _counts = files.apply([(1, {"education": "20"})], EDUCATION)
    assert shown(survivor) == "20"
    files.undo(act)
    unmerge(done, by=None, at=MONTHS_LATER, reason="核对有误")
    assert (shown(survivor), shown(loser)) == ("60", "70")


def test_a_wrong_file_is_taken_back_although_its_people_looked_like_twins(files, person):
    known = person(1)
    act, _counts = files.apply([(7, {"full_name": "冉光明"})], POLICE)
    made = Worker.objects.get(id_number_index=blind_index("id_number", id_number(7)))
    TwinPair.objects.create(worker_a=known, worker_b=made, reasons=["village"], score=50, keys="", found_at=BEGAN)
    assert files.undo(act)["people_gone"] == 1
    assert not TwinPair.objects.exists()


def test_who_was_merged_or_reminded_stays(files, person):
    known = person(1)
    act, _counts = files.apply([(7, {"full_name": "冉光明"}), (8, {"full_name": "冉光辉"})], POLICE)
    made = [Worker.objects.get(id_number_index=blind_index("id_number", id_number(n))) for n in (7, 8)]
    merge(known, made[0], by=None, at=BEGAN)
    Reminder.objects.create(worker=made[1], due_on=date(2027, 1, 1), asked_at=BEGAN)
    assert files.undo(act)["people_gone"] == 0
    assert Worker.everyone.count() == 3
