"""Which papers which household hands in."""

import pytest

from housing.enums import DocumentKind as K
from housing.enums import Relation, Work
from housing.papers import Household, needed


def kinds(**about):
    return {need.kind for need in needed(Household(**{"work": Work.EMPLOYED, **about}))}


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"local_hukou": True}, {K.IDENTITY, K.HOUSEHOLD_BOOK, K.SINGLE_PLEDGE, K.WORK}),
        ({"local_hukou": False}, {K.IDENTITY, K.RESIDENCE_PERMIT, K.SINGLE_PLEDGE, K.WORK}),
        ({"is_married": True}, {K.IDENTITY, K.HOUSEHOLD_BOOK, K.MARRIAGE, K.WORK}),
        ({"relations": (Relation.SPOUSE,)}, {K.IDENTITY, K.HOUSEHOLD_BOOK, K.MARRIAGE, K.WORK}),
        ({"is_divorced": True}, {K.IDENTITY, K.HOUSEHOLD_BOOK, K.DIVORCE, K.WORK}),
        (
            {"relations": (Relation.DAUGHTER,), "is_divorced": True},
            {K.IDENTITY, K.HOUSEHOLD_BOOK, K.DIVORCE, K.BIRTH, K.WORK},
        ),
        ({"work": Work.FLEXIBLE}, {K.IDENTITY, K.HOUSEHOLD_BOOK, K.SINGLE_PLEDGE, K.BUSINESS}),
        ({"work": Work.RETIRED}, {K.IDENTITY, K.HOUSEHOLD_BOOK, K.SINGLE_PLEDGE, K.RETIREMENT}),
        ({"work": Work.NONE}, {K.IDENTITY, K.HOUSEHOLD_BOOK, K.SINGLE_PLEDGE, K.NO_WORK_PLEDGE}),
        (
            {"relations": (Relation.SPOUSE,), "jobless_spouse": True, "has_home": True},
            {K.IDENTITY, K.HOUSEHOLD_BOOK, K.MARRIAGE, K.WORK, K.NO_WORK_PLEDGE, K.HOME},
        ),
    ],
)
def test_the_papers_follow_from_the_household(about, expected):
    assert kinds(**about) == expected


def test_a_residence_permit_does_while_nobody_knows_where_somebody_is_registered():
    register = next(need for need in needed(Household(work=Work.EMPLOYED)) if need.kind == K.HOUSEHOLD_BOOK)
    assert register.met_by([K.RESIDENCE_PERMIT])
    assert not register.met_by([K.IDENTITY])


def test_a_temporary_slip_is_no_substitute_for_somebody_from_elsewhere():
    register = next(
        need for need in needed(Household(work=Work.EMPLOYED, local_hukou=False)) if need.kind == K.RESIDENCE_PERMIT
    )
    assert not register.met_by([K.HOUSEHOLD_BOOK])
