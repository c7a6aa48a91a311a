"""Valid numbers and tables for the feeds' tests."""

import io
from datetime import date

from openpyxl import Workbook
from stdnum.cn import uscc

from core.crypto import id_check_character

DIVISIONS = frozenset({"50", "500000", "500116", "500116001", "500236", "51"})
ON = date(2026, 3, 9)


def id_of(sequence=1, born="19900101", division="510102"):
    body = f"{division}{born}{sequence:03d}"
    return body + id_check_character(body)


def uscc_of(number):
    body = f"91500116{number:09d}"
    return body + uscc.calc_check_digit(body)


def write_csv(path, rows, encoding="utf-8", separator=","):
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    return path


def write_xlsx(path, rows, *, from_1904=False, merge=None, formats=None):
    book = Workbook()
    if from_1904:
        from openpyxl.utils.datetime import MAC_EPOCH

        book.epoch = MAC_EPOCH
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    for area in merge or []:
        sheet.merge_cells(area)
    data = io.BytesIO()
    book.save(data)
    path.write_bytes(data.getvalue())
    return path
