"""Which statement stands: rank first, then the newer day, then the later act; in any order of hearing them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.enums import Source
from workers.indicators import BY_CODE, INDICATORS
from workers.models import Precedence
from workers.precedence import Standing, day_number, day_of, default_rank, winner

EDUCATION = BY_CODE["education"]
RANKS = {source: default_rank(EDUCATION, source) for source in Source}
S = Source


@pytest.mark.parametrize(
    ("held", "said", "stands"),
    [
        ((S.BROKER, 100), (S.WORKER, 1), True),
        ((S.WORKER, 1), (S.BROKER, 900), False),
        ((S.WORKER, 100), (S.BROKER_CONFIRMED, 101), True),
        ((S.WORKER, 100), (S.WORKER, 99), False),
        ((S.EDUCATION, 50), (S.WORKER, 900), False),
        ((S.WORKER, 900), (S.EDUCATION, 50), True),
        ((S.HUMAN_RESOURCES, 900), (S.EDUCATION, 50), True),
        ((S.EDUCATION, 100), (S.HUMAN_RESOURCES, 101), False),
        ((S.HUMAN_RESOURCES, 100), (S.POLICE, 101), True),
        ((S.EDUCATION, 100), (S.EDUCATION, 99), False),
        ((S.EDUCATION, 100), (S.EDUCATION, 100), True),
    ],
)
def test_which_statement_stands(held, said, stands):
    before, after = Standing(*held, act=1, text="a"), Standing(*said, act=2, text="b")
    assert (winner([before, after], RANKS) is after) is stands


@given(
    st.lists(
        st.tuples(st.sampled_from(Source), st.integers(0, 3), st.integers(1, 9)),
        min_size=1,
        max_size=5,
        unique_by=lambda row: row[2],
    )
)
def test_the_order_in_which_statements_arrive_does_not_matter(rows):
    said = [Standing(*row, text=str(row)) for row in rows]
    assert len({winner(order, RANKS) for order in itertools.permutations(said)}) == 1


def test_nobody_said_anything():
    assert winner([], RANKS) is None


def test_a_hire_counts_like_the_workers_word_where_it_may_speak():
    placed = {indicator.code for indicator in INDICATORS if indicator.placed}
    for code in placed:
        assert default_rank(BY_CODE[code], S.COMPUTED) == default_rank(BY_CODE[code], S.WORKER)
    assert default_rank(BY_CODE["arrears_status"], S.COMPUTED) > default_rank(BY_CODE["arrears_status"], S.WORKER)


def test_days_go_there_and_back():
    for number in (-32_000, -1, 0, 9_000, 32_000):
        assert day_number(day_of(number)) == number


def test_every_pair_of_indicator_and_source_has_a_rank(db):
    assert Precedence.objects.count() == len(INDICATORS) * len(Source)
    assert Precedence.objects.get(indicator=EDUCATION.number, source=S.EDUCATION).rank == RANKS[S.EDUCATION]
