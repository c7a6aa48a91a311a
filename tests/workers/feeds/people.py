"""Valid numbers and tables for the feeds' tests."""

import io
from datetime import date

from openpyxl import Workbook
from stdnum.cn import uscc

from core.crypto import id_check_character
from workers.feeds.reading.checking_rows import Known
from workers.feeds.reading.places import Place, Places

DIVISIONS = {
    "50": "重庆",
    "500000": "重庆市",
    "500116": "江津区",
    "500116001": "几江街道",
    "500236": "奉节县",
    "51": "四川省",
}
KNOWN = Known(Places(tuple(Place(code, name) for code, name in DIVISIONS.items())), working_age=16)
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
