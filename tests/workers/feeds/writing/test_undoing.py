"""Undoing a file: exactly what still stems from it goes, whatever came later."""

from datetime import date

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from workers.enums import Source
from workers.feeds.writing.columns import BY_COLUMN
from workers.models import JobIntent, Provenance, Statement, Worker
from workers.precedence import winner
from workers.services import standing

from ...filed import Files

EDUCATION, HR, POLICE = Source.EDUCATION, Source.HUMAN_RESOURCES, Source.POLICE
PEOPLE = 4


def shown():
    """What everybody sees of everybody: values with source and day.

    Acts are left out because their numbers differ, and the day of what follows from an ID number, which is the day
    on which somebody was registered.
    """
    found = {}
    for worker in Worker.objects.select_related("provenance"):
        stands = standing.outcome(worker)
        values = {column: getattr(worker, column) for column in BY_COLUMN}
        said = {
            number: (row.source, row.day * (row.source != Source.COMPUTED))
            for number, row in stands.items()
            if number not in (1, 65)
        }
        found[worker.id_number.open()] = values, said
    return found


def test_undoing_gives_back_what_the_first_load_held(files, person):
    person(1)
    before = shown()
    act, _counts = files.apply([(1, {"education": "70", "graduation": "江津职校"})], EDUCATION)
    assert shown() != before
    assert files.undo(act)["values"] == 2
    assert shown() == before


def test_a_person_that_the_file_registered_goes_with_it(files):
    act, _counts = files.apply([(7, {"full_name": "冉光明"})], POLICE)
    assert files.undo(act)["people_gone"] == 1
    assert not Worker.objects.exists() and not Statement.objects.exists() and not Provenance.objects.exists()


def test_a_person_whom_somebody_else_knows_stays_with_what_the_others_said(files):
    act, _counts = files.apply([(7, {"full_name": "冉光明", "ethnicity": "06"})], POLICE)
    files.apply([(7, {"education": "70"})], EDUCATION)
    assert files.undo(act)["people_gone"] == 0
    worker = Worker.objects.get()
    assert (worker.full_name, worker.ethnicity, worker.education) == ("", "", "70")


def test_a_person_to_whom_something_refers_stays(files):
    act, _counts = files.apply([(7, {"full_name": "冉光明"})], POLICE)
    JobIntent.objects.create(worker=Worker.objects.get())
    assert files.undo(act)["people_gone"] == 0
    assert Worker.objects.get().full_name == ""


def test_what_a_later_file_changed_stays(files, person):
    worker = person(1)
    first, _counts = files.apply([(1, {"education": "70"})], EDUCATION)
    files.apply([(1, {"education": "20"})], EDUCATION, on=date(2026, 3, 2))
    assert files.undo(first)["values"] == 0
    worker.refresh_from_db()
    assert worker.education == "20"


def test_what_a_later_file_merely_repeated_stays(files, person):
    worker = person(1)
    first, _counts = files.apply([(1, {"education": "70"})], EDUCATION)
    second, _counts = files.apply([(1, {"education": "70"})], EDUCATION, on=date(2026, 3, 2))
    files.undo(first)
    worker.refresh_from_db()
    assert worker.education == "70"
    files.undo(second)
    worker.refresh_from_db()
    assert worker.education == "80"


def test_the_same_file_twice_changes_nothing(files, person):
    person(1)
    files.apply([(1, {"education": "70"})], EDUCATION)
    before = shown()
    assert files.apply([(1, {"education": "70"})], EDUCATION)[1]["values"] == 0
    assert shown() == before


VALUES = st.fixed_dictionaries(
    {
        "full_name": st.just("同名"),
        "education": st.sampled_from([None, "70", "20", "80"]),
        "skill_level": st.sampled_from([None, "1", "2"]),
        "household_size": st.sampled_from([None, 2, 3]),
    }
)
FILE = st.tuples(
    st.lists(st.tuples(st.integers(0, PEOPLE - 1), VALUES), min_size=1, max_size=PEOPLE, unique_by=lambda row: row[0]),
    st.sampled_from([EDUCATION, HR, POLICE]),
    st.sampled_from([date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)]),
)


def _run(person, files_said, undone):
    import polars as pl
    from django.db import transaction

    schema = {"education": pl.String, "skill_level": pl.String, "household_size": pl.Int16}
    try:
        with transaction.atomic():
            for number in range(PEOPLE // 2):  # the other half is new
                person(number)
            files = Files()
            acts = [files.apply(rows, source, on=day, schema=schema)[0] for rows, source, day in files_said]
            for place in undone:
                files.undo(acts[place])
            _agree_with_the_cache()
            raise _Seen(shown())
    except _Seen as seen:
        return seen.what


class _Seen(Exception):
    def __init__(self, what):
        self.what = what


def _agree_with_the_cache():
    """The wide row shows what the statements decide in plain Python."""
    ranks = standing.ranks()
    for worker in Worker.objects.select_related("provenance"):
        said = standing.statements(worker, worker.provenance)
        for column, indicator in BY_COLUMN.items():
            stands = winner(said[indicator.number], ranks[indicator.number])
            if stands is not None and len(indicator.columns) == 1:
                value = getattr(worker, column)
                assert stands.text == ("" if value is None else str(value)) or indicator.kind == "date", column


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(FILE, min_size=2, max_size=4), st.data())
def test_undoing_equals_never_having_applied(db, person, said, data):
    undone = data.draw(st.lists(st.integers(0, len(said) - 1), min_size=1, max_size=len(said), unique=True))
    rest = [file for place, file in enumerate(said) if place not in undone]
    assert _run(person, said, undone) == _run(person, rest, [])
