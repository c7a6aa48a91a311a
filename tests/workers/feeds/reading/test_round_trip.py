"""Whatever valid rows an office writes, in whatever format, encoding and chunks: the same typed rows come out."""

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.crypto import id_check_character
from workers.feeds.reading import checking_rows, delimited, profiles, tables
from workers.indicators import Kind

from ..people import KNOWN, ON, uscc_of, write_xlsx

DEPARTMENTS = ["人社", "公安", "教育", "市场监管", "统计", "乡村振兴", "住建", "医保", "民政"]
# Text that is already in the registry's spelling: nothing full width, no spaces.
LETTERS = st.characters(codec="gb18030", categories=["Lo", "Ll", "Nd"]).filter(
    lambda letter: not "！" <= letter <= "～"
)
PLAIN = st.text(LETTERS, min_size=5, max_size=12).filter(str.isprintable)


def day(earliest=date(1950, 1, 1), latest=ON):
    return st.dates(earliest, latest)


@st.composite
def id_numbers(draw):
    born = draw(day(date(1930, 1, 1), date(2010, 3, 9)))
    body = f"51010{draw(st.integers(1, 9))}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + id_check_character(body)


def cell_for(feed, number):
    """A strategy of (cell, value) for one column of the row of this ID number."""
    kind, choices = feed.indicator.kind, feed.indicator.choices
    if feed.column == "birth_date":
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        return st.just((born.isoformat(), born))
    if feed.column == "sex":
        return st.just(("男", "1") if int(number[16]) % 2 else ("女", "2"))
    if kind == Kind.DATE or feed.column.endswith("_on"):
        return st.tuples(day(), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"])).map(
            lambda pair: (pair[0].strftime(pair[1]), pair[0])
        )
    if kind == Kind.CODE:
        both = [(word, code) for code, label in choices.choices for word in (code, str(label))]
        return st.sampled_from(both)
    if kind == Kind.CODES:
        return st.lists(st.sampled_from(choices.values), min_size=1, unique=True).map(
            lambda codes: ("、".join(codes), [code for code in choices.values if code in codes])
        )
    if kind == Kind.COUNT:
        return st.integers(1, 12).map(lambda number: (str(number), number))
    if kind == Kind.MONEY:
        return st.integers(0, 10_000_000).map(lambda fen: (f"{fen / 100:.2f}", fen))
    if kind == Kind.YES_NO:
        return st.sampled_from([("是", True), ("否", False)])
    if kind == Kind.DIVISION:
        return st.sampled_from([("500116", "500116"), ("500116001000", "500116001"), ("51", "51")])
    if feed.column == "employer_uscc":
        return st.integers(0, 10**8).map(lambda number: (uscc_of(number), uscc_of(number)))
    return PLAIN.map(lambda text: (text, text))


@st.composite
def department_tables(draw):
    profile = profiles.by_name(draw(st.sampled_from(DEPARTMENTS)))
    feeds = draw(st.lists(st.sampled_from(profile.columns[1:]), min_size=1, max_size=6, unique=True))
    headers = [draw(st.sampled_from(feed.headers)) for feed in feeds]
    rows, values = [], []
    for number in draw(st.lists(id_numbers(), min_size=1, max_size=6, unique=True)):
        pairs = [draw(st.one_of(st.just(("", None)), cell_for(feed, number))) for feed in feeds]
        rows.append([number, *(cell for cell, _value in pairs)])
        values.append({"id_number": number, **{f.column: value for f, (_c, value) in zip(feeds, pairs, strict=True)}})
    return profile, ["公民身份号码", *headers], rows, values


def written(folder, kind, headers, rows):
    path = Path(folder) / f"table.{kind.partition('-')[0]}"
    if kind == "xlsx":
        return write_xlsx(path, [headers, *rows])
    if kind == "parquet":
        pl.DataFrame(rows, schema=dict.fromkeys(headers, pl.String), orient="row").write_parquet(path)
        return path
    _csv, encoding, separator = kind.split("-", 2)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL if separator == ";" else csv.QUOTE_MINIMAL)
    writer.writerows([headers, *rows])
    path.write_bytes(text.getvalue().encode({"bom": "utf-8-sig"}.get(encoding, encoding)))
    return path


KINDS = ["xlsx", "parquet", *(f"csv-{code}-{sep}" for code in ("utf8", "bom", "gb18030") for sep in ",;\t")]


@settings(max_examples=70, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    table=department_tables(),
    kind=st.sampled_from(KINDS),
    chunk=st.integers(1, 7),
    block=st.sampled_from([300, 1 << 20]),
)
def test_valid_rows_survive_every_format(table, kind, chunk, block):
    profile, headers, rows, values = table
    before, delimited.BLOCK_BYTES = delimited.BLOCK_BYTES, block
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = written(folder, kind, headers, rows)
            opened = tables.open_table(path, path.name)
            matched = profile.match(opened.headers)
            seen, good = checking_rows.DuplicateKeys(), []
            for first, frame in opened.chunks(chunk):
                outcome = checking_rows.check(frame, matched, first_line=first, on=ON, known=KNOWN, seen=seen)
                assert outcome.bad["reason"].to_list() == []
                good.append(outcome.good)
    finally:
        delimited.BLOCK_BYTES = before
    whole = pl.concat(good)
    assert whole["line"].to_list() == list(range(2, len(rows) + 2))
    assert whole.drop("line").to_dicts() == [{name: row[name] for name in whole.columns[1:]} for row in values]


@settings(max_examples=70, deadline=None)
@given(cells=st.lists(st.text(max_size=30), min_size=1, max_size=8), department=st.sampled_from(DEPARTMENTS))
def test_no_cell_whatsoever_is_more_than_a_reason(cells, department):
    profile = profiles.by_name(department)
    headers = [feed.headers[0] for feed in profile.columns]
    frame = pl.DataFrame(dict.fromkeys(headers, cells), schema=dict.fromkeys(headers, pl.String))
    outcome = checking_rows.check(
        frame, profile.match(headers), first_line=2, on=ON, known=KNOWN, seen=checking_rows.DuplicateKeys()
    )
    assert outcome.good.is_empty()
    assert outcome.bad.height + sum(not cell.strip() for cell in cells) >= len(cells)
