"""Chinese search and keyset pages, on tables of the kernel."""

import pytest
from django.db import connection

from core import divisions
from core.models import Division
from core.pagination import EXACT_UP_TO, KeysetPaginator, _beyond, estimate

pytestmark = pytest.mark.django_db


def found(text, words):
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_bigrams(%s) @@ core_bigram_query(%s)", [text, words])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("words", ["电工", "低压电工", "电", "江津 电工", "ABC", "abc 江津", "电工！！", "压电"])
def test_words_inside_the_text_are_found(words):
    assert found("江津区招低压电工 ABC 厂", words)


@pytest.mark.parametrize(
    "words", ["焊工", "电焊", "工电", "ab", "江津 焊工", "", "!!", "'; DROP TABLE x; --", "& | ! <->", "\\"]
)
def test_other_words_and_mere_signs_are_not(words):
    assert not found("江津区招低压电工 ABC 厂", words)


def walk(paginator):
    pages, cursor = [], ""
    while True:
        page = paginator.page(cursor)
        pages.append(page)
        if not page.next_cursor:
            return pages
        cursor = page.next_cursor


@pytest.mark.parametrize("order", [("pk",), ("-pk",), ("name", "pk"), ("-level", "name", "-pk")])
def test_pages_hold_every_row_once_and_in_order(order):
    expected = list(Division.objects.order_by(*order))
    pages = walk(KeysetPaginator(Division.objects.all(), order=order, per_page=97))
    assert [row for page in pages for row in page] == expected


def test_a_later_page_starts_at_its_key_in_the_index():
    order = ["-level", "-pk"]
    rows = Division.objects.order_by(*order).filter(_beyond(order, ["township", "500116001"]))
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX pages_by_level ON core_division (level DESC, code DESC)")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    assert "Index Cond: ((level)::text <= 'township'::text)" in rows[:21].explain()


def test_the_way_back_shows_the_same_pages():
    paginator = KeysetPaginator(Division.objects.all(), order=("name", "pk"), per_page=300)
    pages = walk(paginator)
    cursor, back = pages[-1].previous_cursor, []
    while cursor:
        page = paginator.page(cursor)
        back.insert(0, page.items)
        cursor = page.previous_cursor
    assert back == [page.items for page in pages[:-1]]


@pytest.mark.parametrize("cursor", ["", "x", "a:b:c", "\0", "9" * 5000])
def test_an_unreadable_cursor_gives_the_first_page(cursor):
    paginator = KeysetPaginator(Division.objects.all(), order=("pk",), per_page=3)
    assert paginator.page(cursor).items == paginator.page().items


def test_an_order_without_the_key_is_a_programming_error():
    with pytest.raises(ValueError, match="primary key"):
        KeysetPaginator(Division.objects.all(), order=("name",))


def test_small_numbers_are_exact_and_large_ones_estimated():
    few = estimate(Division.objects.filter(level="district"))
    assert (few.number, few.exact) == (38, True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE core_division")
    many = estimate(Division.objects.all())
    assert not many.exact
    assert many.number >= EXACT_UP_TO


def test_divisions_are_named_and_abolished_ones_marked(at):
    divisions.forget_names()
    assert divisions.name_of("500116001") == "江津区 几江街道"
    assert divisions.name_of("500116999") == "江津区"
    assert divisions.name_of("330106") == "浙江省"
    assert divisions.name_of("") == ""
    labels = dict(divisions.district_choices(at.date()))
    assert labels["500116"] == "江津区"
    assert labels["500105"] == "江北区（已撤并）"
    assert Division.objects.districts(at.date()).count() == 36
    assert Division.objects.filter(level="township").count() == 1031
