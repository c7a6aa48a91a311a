"""An ID number or a phone in a search box is known as such, and the marks of cases and people are not taken for one."""

import pytest

from core.masking import holds_number


@pytest.mark.parametrize(
    "typed",
    [
        "500199198304120012",
        "５００１９９１９８３０４１２００１２",
        "身份证 500199 19830412 001X",
        "500199830412001",
        "138 0000 0001 王伟",
        "+8613800000001",
    ],
)
def test_numbers_of_people(typed):
    assert holds_number(typed)


@pytest.mark.parametrize(
    "typed",
    ["W13800000001", "P1380000000", "915001027842938475", "CQ-2026-0000017", "500116", "12333", "王伟", "wangwei", ""],
)
def test_other_marks(typed):
    assert not holds_number(typed)
