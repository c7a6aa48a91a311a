"""ID numbers (GB 11643): the standard's own example, and what can go wrong."""

from datetime import date

import pytest

from core.models import Parameter
from jobs import limits
from workers import id_numbers
from workers.code_lists import Sex
from workers.feeds.reading import checking_rows


def test_the_standards_example_reads():
    said = id_numbers.read("11010519491231002X")
    assert (said.birth_date, said.sex) == (date(1949, 12, 31), Sex.FEMALE)


@pytest.mark.parametrize(
    "typed", ["11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", " 110105 19491231 002X "]
)
def test_spellings_are_forgiven(typed):
    assert id_numbers.read(typed).number == "11010519491231002X"


def test_fifteen_digits_become_eighteen():
    assert id_numbers.read("110105491231002").number == "11010519491231002X"


@pytest.mark.parametrize(
    "typed",
    ["110105194912310021", "11010519491331002X", "", "5.1E+17", "1101051949123100２", "0" * 18, "１" * 40, "٣" * 18],
)
def test_impossible_numbers_are_refused(typed):
    assert id_numbers.read(typed) is None


@pytest.mark.django_db
def test_sixteen_is_the_first_day_of_working_age():
    born = date(2010, 3, 9)
    assert not id_numbers.may_work(born, date(2026, 3, 8))
    assert id_numbers.may_work(born, date(2026, 3, 9))


@pytest.mark.django_db
def test_the_age_is_one_number_for_the_registry_its_feeds_and_the_job_market():
    day, born = date(2026, 3, 9), date(2010, 3, 9)
    assert not limits.on(day).forbids_work(born, day)
    Parameter.objects.filter(key=id_numbers.WORKING_AGE).update(value=18)
    assert not id_numbers.may_work(born, day)
    assert limits.on(day).forbids_work(born, day)
    assert checking_rows.Known.on(day).working_age == 18
    assert not Parameter.objects.filter(key="jobs.working_age").exists()
