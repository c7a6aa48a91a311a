"""ID numbers (GB 11643): the standard's own example, and what can go wrong."""

from datetime import date

import pytest

from workers import id_numbers
from workers.code_lists import Sex


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


def test_sixteen_is_the_first_day_of_working_age():
    born = date(2010, 3, 9)
    assert not id_numbers.may_work(born, date(2026, 3, 8))
    assert id_numbers.may_work(born, date(2026, 3, 9))
