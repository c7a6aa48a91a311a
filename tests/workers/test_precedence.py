"""Which statement stands: departments before people, then the newer, then the higher rank."""

import pytest

from workers.enums import Source
from workers.indicators import BY_CODE
from workers.precedence import NEVER, stands_against

EDUCATION = BY_CODE["education"]
S = Source


@pytest.mark.parametrize(
    ("held", "source", "day", "stands"),
    [
        (NEVER, S.BROKER, 100, True),
        ((S.BROKER, 100), S.WORKER, 100, True),
        ((S.WORKER, 100), S.BROKER, 100, False),
        ((S.WORKER, 100), S.BROKER, 101, True),
        ((S.WORKER, 100), S.WORKER, 99, False),
        ((S.EDUCATION, 50), S.WORKER, 900, False),
        ((S.WORKER, 900), S.EDUCATION, 50, True),
        ((S.EDUCATION, 100), S.HUMAN_RESOURCES, 100, False),
        ((S.EDUCATION, 100), S.HUMAN_RESOURCES, 101, True),
        ((S.HUMAN_RESOURCES, 100), S.EDUCATION, 100, True),
        ((S.EDUCATION, 100), S.EDUCATION, 99, False),
        ((S.COMPUTED, 100), S.POLICE, 100, True),
    ],
)
def test_which_statement_stands(held, source, day, stands):
    assert stands_against(EDUCATION, held, source, day) is stands
