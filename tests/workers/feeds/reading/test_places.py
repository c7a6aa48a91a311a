"""Places by name: understood where the name says which one is meant, a sentence where it does not."""

import time
from datetime import date

import pytest

from workers.feeds.reading.places import Place, Places

HELD = Places(
    (
        Place("500000", "重庆市"),
        Place("500105", "江北区", is_valid=False),
        Place("500116", "江津区"),
        Place("500116001", "几江街道"),
        Place("500116101", "白沙镇"),
        Place("500116102", "石门镇"),
        Place("500236", "奉节县"),
        Place("500236103", "白沙镇"),
        Place("500240", "石柱土家族自治县"),
        Place("500240100", "西沱镇"),
        Place("51", "四川省"),
        Place("45", "广西壮族自治区"),
    )
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("500116", "500116"),
        ("江津区", "500116"),
        ("重庆市江津区", "500116"),
        ("重庆江津区", "500116"),
        ("重庆市市辖区江津区", "500116"),
        ("几江街道", "500116001"),
        ("江津区几江街道", "500116001"),
        ("重庆市江津区几江街道", "500116001"),
        ("重庆市江津区几江街道南门社区12号", "500116001"),
        ("江津区白沙镇", "500116101"),
        ("奉节县白沙镇", "500236103"),
        ("石柱县西沱镇", "500240100"),
        ("石柱土家族自治县", "500240"),
        ("江北区", "500105"),
        ("重庆市", "500000"),
        ("四川省", "51"),
        ("四川", "51"),
        ("四川省成都市武侯区", "51"),
        ("广西桂林", "45"),
        ("境外", "99"),
    ],
)
def test_a_name_that_says_which_place_is_meant(text, code):
    assert HELD.read(text) == (code, "")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("白沙镇", "不止一处"),
        ("江津区西沱镇", "江津区里没有"),
        ("重庆市江津区某某", "江津区里没有"),
        ("江津", "没有这个地方"),
        ("几江街道的某处", "没有这个地方"),
        ("某某区", "没有这个地方"),
        ("123456", "没有这个区划代码"),
        ("镇", "没有这个地方"),
    ],
)
def test_a_name_that_does_not_is_a_sentence(text, sentence):
    code, error = HELD.read(text)
    assert (code, sentence in error) == ("", True)


def test_the_longest_name_counts():
    held = Places((Place("500116", "江津区"), Place("500116001", "石门"), Place("500116002", "石门镇")))
    assert held.read("江津区石门镇某某村") == ("500116002", "")


@pytest.mark.parametrize("text", ["几" * 200_000, "江津区" + "白沙镇" * 60_000, "村" * 200_000 + "x"])
def test_what_is_longer_than_any_address_is_not_read(text):
    """Reading would take the square of its length: 45 s for 32,000 signs in one cell."""
    began = time.process_time()
    code, error = HELD.read(text)
    assert (code, "100" in error) == ("", True)
    assert time.process_time() - began < 0.5


@pytest.mark.django_db
def test_the_divisions_that_are_held_read_their_own_names():
    """Every district by its name, every township by district and name, as the seeded table has them."""
    held = Places.on(date(2026, 3, 9))
    names = {row.code: row.name for row in held.rows}
    for row in held.rows:
        if len(row.code) == 9 and row.code.startswith("50"):
            twins = [other for other in held.rows if other.name == row.name and other.code[:6] == row.code[:6]]
            if len([other for other in twins if other.is_valid] or twins) == 1 and row.is_valid:
                assert held.read(names[row.code[:6]] + row.name) == (row.code, "")
        elif len(row.code) in (2, 6):
            assert held.read(row.name)[0] == row.code, row
