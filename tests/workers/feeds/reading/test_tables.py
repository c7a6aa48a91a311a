"""Every format and encoding as frames of text; every file that is none ends in a sentence."""

import io
import random
import struct
import tracemalloc
import zipfile
from datetime import date, datetime

import polars as pl
import pytest

from core.errors import Refusal
from workers.feeds.reading import delimited, spreadsheet, tables

from ..people import id_of, write_csv, write_xlsx

HEAD = ["身份证号", "姓名", "学历"]
ROWS = [HEAD, [id_of(1), "王伟", "初中"], [id_of(2), "李芳", ""], [id_of(3), "张，三", "大专"]]


def whole(path, name=None, rows=tables.CHUNK_ROWS):
    table = tables.open_table(path, name or path.name)
    return table, [(first, frame.rows()) for first, frame in table.chunks(rows)]


def as_read(rows):
    return [tuple(cell or None for cell in row) for row in rows]


def refused(path, sentence, name=None):
    with pytest.raises(Refusal, match=sentence) as caught:
        whole(path, name)
    assert "Traceback" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_delimited_text_is_read_in_every_encoding(tmp_path, encoding, separator):
    table, chunks = whole(write_csv(tmp_path / "a.csv", ROWS, encoding, separator))
    assert table.headers == tuple(HEAD)
    assert chunks == [(2, as_read(ROWS[1:]))]


def test_rare_characters_of_names_survive_gb18030(tmp_path):
    rows = [HEAD, [id_of(1), "龑䶮𠅤", "初中"]]
    assert whole(write_csv(tmp_path / "a.csv", rows, "gb18030"))[1] == [(2, as_read(rows[1:]))]


def test_the_first_text_that_is_not_plain_decides_the_encoding_however_late(tmp_path):
    rows = [["id_number", "full_name"], *([id_of(n % 900 + 1), "x"] for n in range(60_000)), [id_of(1), "王伟"]]
    _table, chunks = whole(write_csv(tmp_path / "a.csv", rows, "gb18030"))
    assert chunks[-1][1][-1][1] == "王伟"


def test_a_file_in_blocks_reads_like_a_small_one(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "BLOCK_BYTES", 700)
    random.seed(1)
    rows = [HEAD] + [[id_of(n), random.choice(["王伟", '"李\n芳"', '"a ""b"", c"', ""]), "初中"] for n in range(1, 400)]
    path = write_csv(tmp_path / "a.csv", rows, "gb18030")
    _table, chunks = whole(path, rows=150)
    assert [first for first, _rows in chunks] == [2, 152, 302]
    read = [row for _first, rows_read in chunks for row in rows_read]
    plain = {'"李\n芳"': "李\n芳", '"a ""b"", c"': 'a "b", c', "": None}
    assert read == [(row[0], plain.get(row[1], row[1]), row[2]) for row in rows[1:]]


def test_chunks_may_be_read_twice(tmp_path):
    table = tables.open_table(write_csv(tmp_path / "a.csv", ROWS), "a.csv")
    assert [f.rows() for _n, f in table.chunks()] == [f.rows() for _n, f in table.chunks()]


def test_blank_lines_keep_their_numbers_and_old_line_ends_are_understood(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("身份证号,姓名\r\n1,a\r\n\r\n2,b\r\n\r\n".encode())
    assert whole(path)[1] == [(2, [("1", "a"), (None, None), ("2", "b"), (None, None)])]
    path.write_bytes("身份证号,姓名\r1,a\r2,b".encode())
    assert whole(path)[1] == [(2, [("1", "a"), ("2", "b")])]


def test_a_header_over_two_lines_and_nameless_columns(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('"身份证\n号码",,line,\n1,2,3,\n'.encode())
    table, chunks = whole(path)
    assert table.headers == ("身份证 号码", "第 2 列", "line（原表）")
    assert chunks == [(2, [("1", "2", "3")])]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_unicode_is_refused_with_what_to_do(tmp_path, encoding):
    refused(write_csv(tmp_path / "a.csv", ROWS, encoding), "CSV UTF-8")


def test_broken_characters_are_refused_with_their_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("身份证号,姓名\n1,王\n2,".encode("gb18030") + b"\xff\xff\n")
    refused(path, "编码")
    path.write_bytes(b"\xef\xbb\xbf" + "身份证号,姓名\n1,王\n".encode() + b"2,\xcd\xf5\n")
    refused(path, "第 3 行起有读不出来的文字")


@pytest.mark.parametrize(("bad", "cells"), [("2,b", 2), ("2,b,c,d", 4), ('2,"b,c"', 2), ("2", 1)])
def test_ragged_rows_are_refused_with_their_line(tmp_path, bad, cells):
    path = tmp_path / "a.csv"
    path.write_text(f"身份证号,姓名,学历\n1,a,b\n{bad}\n3,c,d\n")
    refused(path, f"第 3 行有 {cells} 格，表头有 3 格")


def test_a_short_row_beside_a_long_one_does_not_pass(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("身份证号,姓名,学历\n1,a,b\n2,b\n3,c,d,e\n")
    refused(path, "第 3 行有 2 格")


def test_an_open_quote_is_refused_and_names_no_cell(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'身份证号,姓名\n{id_of(1)},"王伟\n' + f"{id_of(2)},李芳\n" * 3)
    with pytest.raises(Refusal, match="引号没有配对") as caught:
        whole(path)
    assert id_of(1) not in str(caught.value)
    assert caught.value.__cause__ is None


def test_nul_bytes_are_refused_also_late_in_the_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("身份证号,姓名\n".encode() + b"1,a\n" * 300_000 + b"2,\0\n")
    refused(path, "空字节")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "是空的"),
        ("a.csv", b"\n\n\n", "第一行是空的"),
        ("a.csv", b"\xef\xbb\xbf", "第一行是空的"),
        ("a.csv", "农民工信息表,,\n身份证号,姓名,学历\n".encode(), "不像表头"),
        ("a.csv", "姓名,姓名,身份证号\n".encode(), "两列都叫“姓名”"),
        ("a.csv", ",".join(f"c{n}" for n in range(300)).encode(), "超过 200 列"),
        ("a.docx", b"PK\x03\x04", "格式不能导入"),
        ("a", b"1,2", "格式不能导入"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Excel 或设了打开密码"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Excel 或设了打开密码"),
        ("a.xls", b"<html><table>", "不是表格文件"),
        ("a.csv", b"%PDF-1.7", "不是表格文件"),
        ("a.csv", b'{"a": 1}', "不是表格文件"),
        ("a.xlsx", "身份证号,姓名\n".encode(), "内容其实是 CSV"),
        ("a.csv", b"PAR1....PAR1", "内容其实是 PARQUET"),
        ("a.parquet", b"PAR1" + b"\xff" * 50 + b"PAR1", "打不开"),
        ("a.xlsx", b"PK\x03\x04" + b"\0" * 300, "打不开"),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, "内容其实是 CSV"),
    ],
)
def test_what_is_no_table_ends_in_a_sentence(tmp_path, name, content, sentence):
    path = tmp_path / "upload"
    path.write_bytes(content)
    refused(path, sentence, name)


def test_a_file_of_two_and_more_gigabytes_is_measured_before_it_is_opened(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(tables.LARGEST_BYTES + 1)
    refused(path, "超过 4 GB")


def test_a_large_text_is_read_in_bounded_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "BLOCK_BYTES", 1 << 20)
    path = tmp_path / "a.csv"
    line = f"{id_of(1)},{'王' * 200},初中\n"
    with path.open("w") as file:
        file.write(",".join(HEAD) + "\n")
        for _n in range(200):
            file.write(line * 500)
    tracemalloc.start()
    rows = sum(frame.height for _first, frame in tables.open_table(path, "a.csv").chunks(10_000))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows == 100_000
    assert path.stat().st_size > 55 << 20
    assert peak < 12 << 20


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    refused(write_csv(tmp_path / "a.csv", ROWS), "万行")


def test_a_workbook_reads_like_the_text(tmp_path):
    table, chunks = whole(write_xlsx(tmp_path / "a.xlsx", ROWS), rows=2)
    assert table.headers == tuple(HEAD)
    assert chunks == [(2, as_read(ROWS[1:3])), (4, as_read(ROWS[3:]))]


def test_numbers_days_and_truths_of_a_workbook_become_what_it_shows(tmp_path):
    row = [510102199001010000.0, 3.0, 0.1 + 0.2, True, date(2026, 3, 5), datetime(2026, 3, 5, 8, 30), 510102900101123]
    path = write_xlsx(tmp_path / "a.xlsx", [["一", "二", "三", "四", "五", "六", "七"], row])
    assert whole(path)[1] == [
        (2, [("5.10102199001010E+17", "3", "0.3", "TRUE", "2026-03-05", "2026-03-05 08:30:00", "510102900101123")])
    ]


@pytest.mark.parametrize("from_1904", [False, True])
def test_days_of_both_date_systems_are_the_same_days(tmp_path, from_1904):
    rows = [["身份证号", "日期"], [id_of(1), date(2026, 3, 5)], [id_of(2), 44_000]]
    table, chunks = whole(write_xlsx(tmp_path / "a.xlsx", rows, from_1904=from_1904))
    assert table.headers.dates_from_1904 is from_1904
    assert chunks == [(2, [(id_of(1), "2026-03-05"), (id_of(2), "44000")])]


def test_merged_cells_are_refused_wherever_they_are(tmp_path):
    refused(write_xlsx(tmp_path / "a.xlsx", [["表", None, None], *ROWS], merge=["A1:C1"]), "表头有合并的单元格")
    refused(write_xlsx(tmp_path / "b.xlsx", ROWS, merge=["C3:C4"]), "第 3 行有合并的单元格")


def test_a_second_sheet_with_something_in_it_is_refused(tmp_path):
    from openpyxl import load_workbook

    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    book = load_workbook(path)
    book.create_sheet("空")
    book.save(path)
    assert len(whole(path)[1]) == 1
    book["空"].append(["x"])
    book.save(path)
    refused(path, "2 张有内容的工作表")


def test_an_empty_workbook_and_one_that_begins_lower_are_refused(tmp_path):
    refused(write_xlsx(tmp_path / "a.xlsx", []), "是空的")
    refused(write_xlsx(tmp_path / "b.xlsx", [[], [], *ROWS]), "第一行是空的")


def test_a_workbook_of_headers_only_has_no_rows(tmp_path):
    table, chunks = whole(write_xlsx(tmp_path / "a.xlsx", ROWS[:1]))
    assert (table.headers, chunks) == (tuple(HEAD), [(2, [])])


def repacked(path, changes):
    """The workbook with some of its parts replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **changes(parts)}.items():
            archive.writestr(name, content)
    return path


def sheet_of(body):
    return {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + body + b"</sheetData></worksheet>"}


def test_a_zip_bomb_is_refused(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    bomb = b"<row>" + b"<c/>" * 30_000_000 + b"</row>"
    repacked(path, lambda parts: sheet_of(bomb))
    assert path.stat().st_size < 1 << 20
    refused(path, "太大")


def test_a_zip_that_hides_its_size_is_refused(tmp_path):
    path = repacked(write_xlsx(tmp_path / "a.xlsx", ROWS), lambda parts: {"xl/bomb.xml": b" " * 5_000_000})
    raw = path.read_bytes()
    path.write_bytes(raw.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 10)))
    refused(path, "打不开")


@pytest.mark.parametrize("place", ["XFD1048576", "T1048576", "ZZ9"])
def test_a_cell_at_the_end_of_the_world_is_refused_before_it_takes_memory(tmp_path, place):
    body = b'<row r="1"><c r="A1"><v>1</v></c></row><row><c r="%s"><v>1</v></c></row>' % place.encode()
    refused(repacked(write_xlsx(tmp_path / "a.xlsx", ROWS), lambda parts: sheet_of(body)), "太大|超过 200 列")


@pytest.mark.parametrize("cells", [20, 400])
def test_cells_without_a_place_and_a_row_far_away_are_refused_before_they_take_memory(tmp_path, cells):
    loose = b'<c t="inlineStr"><is><t>h</t></is></c>' * cells
    body = b'<row r="1">' + loose + b'</row><row r="1048576"><c><v>1</v></c></row>'
    refused(repacked(write_xlsx(tmp_path / "a.xlsx", ROWS), lambda parts: sheet_of(body)), "太大|超过 200 列")


def test_one_long_text_that_many_cells_share_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(spreadsheet, "LARGEST_TEXTS", 1 << 20)
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, *([id_of(n), "x", "x"] for n in range(1, 100))])
    assert whole(path)
    texts = "<sst><si><t>" + "长" * 3_000 + "</t></si></sst>"
    refused(repacked(path, lambda parts: {"xl/sharedStrings.xml": texts}), "文字太长")


def test_a_workbook_cut_off_is_refused(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    path.write_bytes(path.read_bytes()[:-400])
    refused(path, "打不开")


def test_a_document_in_a_zip_is_no_workbook(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    (tmp_path / "a.xlsx").write_bytes(data.getvalue())
    refused(tmp_path / "a.xlsx", "不是 Excel 工作簿")


def test_parquet_columns_of_any_plain_type_become_text(tmp_path):
    frame = pl.DataFrame(
        {
            "文本": ["a", None],
            "整数": [510102199001011238, 7],
            "小数": [3.0, 5.1010219900101126e17],
            "日期": [date(2026, 3, 5), None],
            "时间": [datetime(2026, 3, 5, 8), None],
            "是否": [True, False],
            "多值": [["1", "2"], []],
        }
    )
    frame.write_parquet(tmp_path / "a.parquet")
    table, chunks = whole(tmp_path / "a.parquet", rows=1)
    assert table.format == tables.Format.PARQUET
    assert [first for first, _rows in chunks] == [2, 3]
    assert chunks[0][1] == [("a", "510102199001011238", "3", "2026-03-05", "2026-03-05 08:00:00", "true", "1,2")]
    assert chunks[1][1][0][2].upper().startswith("5.1010219900101")
    assert "E+17" in chunks[1][1][0][2].upper()


def test_parquet_that_cannot_be_text_or_is_damaged_is_refused(tmp_path):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"a": [{"x": 1}], "b": ["1"]}).write_parquet(path)
    refused(path, "“a”列的类型不能读")
    pl.DataFrame({"a": [str(n) for n in range(10_000)], "b": "1"}).write_parquet(path)
    raw = bytearray(path.read_bytes())
    raw[200:4_000] = bytes(3_800)
    path.write_bytes(raw)
    refused(path, "打不开")
    pl.DataFrame({"a": [], "b": []}, schema={"a": pl.String, "b": pl.String}).write_parquet(path)
    refused(path, "没有数据行")
