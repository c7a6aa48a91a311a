"""The workbook that goes back: the cells as they came, nothing in it computes, and it alone can be sent again."""

import io
import zipfile
from contextlib import contextmanager
from uuid import uuid4

import polars as pl
import pytest
from openpyxl import load_workbook

from workers.feeds import returning, sealedfile
from workers.feeds.reading import checking_rows, profiles, tables

from .people import KNOWN, ON, id_of, write_csv

HEAD = ["身份证号", "姓名", "学历", "备注"]
HOSTILE = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "<b>&amp;\"'", " 空 格 ", "a\nb", "1e5"]
ODD = ["_x0041_", "a\x07\rb", "_x005F_x0041_"]


def imported(path, name=None):
    table = tables.open_table(path, name or path.name)
    matched = profiles.by_name("教育").match(table.headers)
    seen = checking_rows.DuplicateKeys()
    return table, [
        checking_rows.check(frame, matched, first_line=first, on=ON, known=KNOWN, seen=seen)
        for first, frame in table.chunks()
    ]


def cells_of(path):
    return [[cell.value for cell in row] for row in load_workbook(path).active.rows]


def bad_frame(rows):
    return pl.DataFrame(
        [(n, "原因在此", *row) for n, row in enumerate(rows, start=2)],
        schema=dict.fromkeys(["line", "reason", *HEAD], pl.String) | {"line": pl.Int64},
        orient="row",
    )


def test_only_bad_rows_go_back_with_their_reason_and_the_corrected_workbook_alone_is_enough(tmp_path):
    rows = [HEAD, [id_of(1), "王伟", "初中", "a"], ["5.1E+17", "李芳", "大专", "b"], [id_of(3), "张三", "神童班", ""]]
    table, outcomes = imported(write_csv(tmp_path / "a.csv", rows, "gb18030"))
    (path,) = returning.workbook((outcome.bad for outcome in outcomes), table.headers, tmp_path / "back.xlsx")
    cells = cells_of(path)
    assert cells[0] == [*HEAD, "原因"]
    assert [row[:4] for row in cells[1:]] == [["5.1E+17", "李芳", "大专", "b"], [id_of(3), "张三", "神童班", None]]
    assert "文本" in cells[1][4] and "学历：" in cells[2][4]

    book = load_workbook(path)
    book.active["A2"], book.active["C3"] = id_of(2), "大专"
    book.save(path)
    table, outcomes = imported(path)
    assert outcomes[0].bad.is_empty()
    assert outcomes[0].good["id_number"].to_list() == [id_of(2), id_of(3)]


def test_a_workbook_that_went_back_twice_has_one_reason_only(tmp_path):
    table, outcomes = imported(write_csv(tmp_path / "a.csv", [HEAD, ["1", "王伟", "初中", ""]]))
    (path,) = returning.workbook([outcomes[0].bad], table.headers, tmp_path / "1.xlsx")
    table, outcomes = imported(path)
    assert table.headers[-1] == "原因"
    (again,) = returning.workbook([outcomes[0].bad], table.headers, tmp_path / "2.xlsx")
    assert cells_of(again) == cells_of(path)


def test_cells_go_back_unchanged_and_are_never_formulas(tmp_path):
    rows = [(id_of(1), cell, "初中", None) for cell in HOSTILE + ODD]
    (path,) = returning.workbook([bad_frame(rows)], tables.Headers(HEAD), tmp_path / "a.xlsx")
    sheet = load_workbook(path).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)][: len(HOSTILE)] == HOSTILE
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "inlineStr", "n") and (cell.data_type != "n" or cell.value is None)
            assert (cell.number_format, cell.quotePrefix) == ("@", True)
    ((_first, frame),) = tables.open_table(path, "a.xlsx").chunks()
    assert frame["姓名"].to_list() == HOSTILE + ODD


def test_a_cell_that_no_workbook_can_hold_is_cut(tmp_path):
    rows = [(id_of(1), "长" * 40_000, "初中", None)]
    (path,) = returning.workbook([bad_frame(rows)], tables.Headers(HEAD), tmp_path / "a.xlsx")
    assert cells_of(path)[1][1] == "长" * 32_767


def test_many_rows_are_spread_over_workbooks_that_can_be_read_back(tmp_path, monkeypatch):
    monkeypatch.setattr(returning, "ROWS_PER_BOOK", 25)
    frames = [bad_frame([(id_of(n), str(n), "初中", "") for n in range(start, start + 20)]) for start in (1, 21, 41)]
    paths = returning.workbook(frames, tables.Headers(HEAD), tmp_path / "a.xlsx")
    assert [path.name for path in paths] == ["a.xlsx", "a-2.xlsx", "a-3.xlsx"]
    names = []
    for path in paths:
        for _first, frame in tables.open_table(path, path.name).chunks():
            assert frame.height <= 25
            names += frame["姓名"].to_list()
    assert names == [str(n) for n in range(1, 61)]


def test_without_a_bad_row_there_is_no_workbook(tmp_path):
    empty = bad_frame([])
    assert returning.workbook([empty], tables.Headers(HEAD), tmp_path / "a.xlsx") == []
    assert not (tmp_path / "a.xlsx").exists()


def test_a_workbook_can_be_written_sealed_so_that_no_number_reaches_the_disk(tmp_path):
    row = uuid4()

    @contextmanager
    def sealed(number):
        with sealedfile.writing(tmp_path / f"{number}", row=row, label="returned") as file:
            yield file

    assert returning.write([bad_frame([(id_of(1), "王伟", "初中", "")])], tables.Headers(HEAD), sealed) == 1
    assert id_of(1).encode() not in (tmp_path / "1").read_bytes()
    content = b"".join(sealedfile.stream(tmp_path / "1", row=row, label="returned"))
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    with sealedfile.opened(tmp_path / "1", row=row, label="returned") as plain:
        ((_first, frame),) = tables.open_table(plain, "back.xlsx").chunks()
    assert frame["身份证号"].to_list() == [id_of(1)]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.parquet"])
def test_an_upload_is_read_from_its_sealed_file_by_every_reader(tmp_path, name):
    plain = tmp_path / name
    frame = bad_frame([(id_of(1), "王伟", "初中", "")]).select(HEAD)
    if name.endswith("csv"):
        frame.write_csv(plain)
    elif name.endswith("parquet"):
        frame.write_parquet(plain)
    else:
        (plain,) = returning.workbook([bad_frame([(id_of(1), "王伟", "初中", "")])], tables.Headers(HEAD), plain)
    row = uuid4()
    sealedfile.seal([plain.read_bytes()], tmp_path / "sealed", row=row, label="upload")
    with sealedfile.opened(tmp_path / "sealed", row=row, label="upload") as opened:
        _table, outcomes = imported(opened, name)
        assert outcomes[0].good["id_number"].to_list() == [id_of(1)]
