"""CSV and XLSX hold the page's figures: numbers as numbers, and nothing that runs."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from core.divisions import forget_names
from core.models import Division
from monitoring import downloads, services, writing
from monitoring.figures.definitions import FIGURES
from monitoring.periods import parse
from monitoring.readings import Edition

pytestmark = pytest.mark.django_db
CSV = "/reports/2026-10/report.csv"
XLSX = "/reports/2026-10/report.xlsx"


def csv_rows(client, url=CSV):
    return list(csv.DictReader(io.StringIO(client.get(url).content.decode("utf-8-sig"))))


def sheet_rows(client, name, url=XLSX):
    book = load_workbook(io.BytesIO(client.get(url).content))
    return [[cell.value for cell in row] for row in book[name].iter_rows()]


def test_the_csv_holds_every_figure_of_every_division(client, october):
    rows = csv_rows(client)
    categories = sum(len(figure.categories) for figure in FIGURES.values())
    assert len(rows) == 39 * categories
    total = next(row for row in rows if row["区划代码"] == "500000" and row["指标"] == "登记农民工")
    assert (total["本期"], total["单位"], total["月份"]) == ("600", "人", "2026-10")


def test_the_csv_starts_with_the_mark_that_spreadsheets_need(client, october):
    response = client.get(CSV)
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"] == 'attachment; filename="chongqing-2026-10-v1.csv"'


def test_one_district_can_be_downloaded_alone(client, october):
    assert {row["区划"] for row in csv_rows(client, f"{CSV}?district=500116")} == {"江津区"}


def test_numbers_are_numbers_in_the_workbook(client, october):
    header, *rows = sheet_rows(client, "数据")
    assert header == downloads.header()
    october_total = next(row for row in rows if row[1] == "500000" and row[3] == "登记农民工")
    assert october_total[6] == 600 and isinstance(october_total[6], int)
    assert october_total[1] == "500000"
    assert {type(row[6]) for row in rows} <= {int, float, str, type(None)}
    assert {row[6] for row in rows if isinstance(row[6], str)} == {"不公布"}


def test_the_workbook_says_what_it_is_and_how_each_figure_is_defined(client, october):
    about = dict(row[:2] for row in sheet_rows(client, "说明"))
    assert about["版本"] == 1 and about["数据截止"] == "2026-10-31"
    assert len(sheet_rows(client, "口径")) == len(FIGURES) + 2


LATE = "按 2026年11月2日 时点数据"


@pytest.mark.parametrize(("month", "says"), [("2026-10", "数据截至 2026年10月31日"), ("2025-10", LATE)])
def test_every_form_of_a_report_says_of_which_day_its_data_is(client, october, month, says):
    """October is built in the night of 2 November; October of the year before was, too, a year late."""
    page = client.get(f"/reports/{month}/").text
    assert says in page
    assert ("月末之后很久才编制" in page) is (says == LATE)
    assert (says in client.get(f"/reports/{month}/500116/").text) is True
    rows = csv_rows(client, f"/reports/{month}/report.csv")
    assert {row["数据时点"] for row in rows} == {says}
    workbook = f"/reports/{month}/report.xlsx"
    assert dict(row[:2] for row in sheet_rows(client, "说明", workbook))["数据时点"] == says
    assert sheet_rows(client, "口径", workbook)[1][:2] == ["数据时点", says]


def test_a_report_is_late_after_fifteen_days(registry, november, client):
    for days, late in ((15, False), (16, True)):
        report = services.build(parse("2026-10"), by=None, at=november.replace(day=1) + timedelta(days=days - 1))
        assert (report.as_of is not None) is late


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_that_begins_like_a_formula_is_defused(start):
    assert downloads.harmless(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


def test_a_negative_number_is_left_as_it_is():
    assert downloads.harmless(-3) == -3


def test_a_hostile_district_name_does_not_become_a_formula(client, october):
    Division.objects.filter(code="500116").update(name='=HYPERLINK("http://x","y")')
    forget_names()
    try:
        names = {row["区划"] for row in csv_rows(client)}
        assert '\'=HYPERLINK("http://x","y")' in names
        book = load_workbook(io.BytesIO(client.get(XLSX).content))
        assert not [cell for row in book["数据"].iter_rows() for cell in row if cell.data_type == "f"]
    finally:
        forget_names()


def test_the_file_keeps_back_what_the_page_keeps_back(october):
    edition = Edition(october)
    written = {(row[1], row[3], row[4]): row[6] for row in downloads.rows(edition, edition.divisions)}
    for sheet in october.sheets.all():
        for key, cells in sheet.figures.items():
            for category, number in cells.items():
                figure = FIGURES[key]
                cell = written[sheet.division_id, str(figure.title), str(figure.categories[category])]
                assert cell == (str(writing.KEPT_BACK_WORD) if number is None else number)
