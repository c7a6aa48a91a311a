"""A monthly file's way: received, checked, written, taken back; and what hostile files come to."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from core.errors import NotAllowed, Refusal
from core.models import AuditEntry
from sites.enums import FileKind, Teller
from sites.models import AttendanceLine, Deposit, PayrollFile, PayrollLine, Stranger
from tests.workers.feeds import batches
from tests.workers.filed import id_number
from workers.feeds import deciding, files
from workers.models import Worker

from .conftest import MARCH, receive, row, run, take_back, write

pytestmark = pytest.mark.django_db


def lines():
    return list(PayrollLine.objects.order_by("person").values_list("person", "owed_fen", "paid_fen", "paid_on", "days"))


def reasons(batch):
    book = load_workbook(io.BytesIO(b"".join(files.returned(batch, 1))))
    return [cells[-1] for cells in list(book.active.values)[1:]]


def test_people_are_matched_by_index_and_strangers_are_kept_by_index_only(site, worker_of, city_official, at):
    worker = worker_of(1)
    batch = run(receive(row(1) + row(2, paid=0, on=""), at, by=city_official), at)
    assert (batch.counts["rows"], batch.counts["people"], batch.counts["strangers"]) == (2, 2, 1)
    assert batch.counts["months"] == ["2026-03"] and not PayrollLine.objects.exists()
    batch = run(deciding.confirm(batch, by=city_official, at=at), at)
    stranger = Stranger.objects.get()
    assert lines() == [
        (-stranger.pk, 600_000, 0, None, 220),
        (worker.pk, 600_000, 600_000, date(2026, 4, 15), 220),
    ]
    entry = AuditEntry.objects.get(verb="sites.file_applied")
    assert entry.actor_id == city_official.pk and entry.data == {"lines": 2}


def test_a_written_file_is_taken_back_with_the_strangers_that_only_it_named(site, worker_of, at):
    worker_of(1)
    other = write(row(3, month="2026-02", on="2026-03-13"), at)
    batch = write(row(1) + row(2) + row(3), at)
    assert Stranger.objects.count() == 2
    assert take_back(batch, at).state == "undone"
    assert PayrollLine.objects.get().batch_id == other.pk and Stranger.objects.count() == 1


def test_who_is_paid_stays_registered_when_the_department_that_registered_them_takes_its_file_back(site, at):
    """Otherwise the lines would be nobody's."""
    numbers = {batches.id_number(n) for n in (1, 2)}
    registered = batches.run(batches.receive(batches.content((1, "甲一", "初中"), (2, "乙二", "初中")), at), at)
    batches.run(deciding.confirm(registered, by=None, at=at), at)
    assert Worker.objects.count() == len(numbers)
    write(row(1), at)
    registered.refresh_from_db()
    batches.run(deciding.take_back(registered, by=None, at=at, reason="发错了"), at)
    assert Worker.objects.get().pk == PayrollLine.objects.get().person


def test_the_same_file_twice_says_so_and_another_teller_may_say_the_same(site, at):
    write(row(1), at)
    with pytest.raises(Refusal, match="已经导入过"):
        receive(row(1), at)
    write(row(1), at, teller=Teller.CONTRACTOR)
    assert PayrollLine.objects.count() == 2


def test_a_failed_transfer_is_no_payment(site, at):
    batch = write(row(1, result="交易失败"), at)
    assert batch.counts["unpaid"] == 1
    assert PayrollLine.objects.get().paid_fen == 0 and PayrollLine.objects.get().paid_on is None


WRONG = {
    "没有这个项目": row(1, code="NO999"),
    "身份证号码不对": row(1).replace(id_number(1), id_number(1)[:-1] + ("0" if id_number(1)[-1] != "0" else "1")),
    "是以后的月份": row(1, month="2027-01"),
    "早于 36 个月前": row(1, month="2019-01", on="2019-02-15"),
    "看不懂": row(1, month="三月"),
    "要填金额": row(1, owed="-6000"),
    "应在 0 到 500000 元之间": row(1, paid="999999999"),
    "金额最多两位小数": row(1, paid="1.234"),
    "有金额，就要填日期": row(1, on=""),
    "早于工资月份": row(1, on="2026-02-20"),
    "是以后的日期": row(1, on="2026-06-01"),
    "一个月最多 31 天": row(1, days="99"),
    "要填天数": row(1, days="很多"),
}


@pytest.mark.parametrize("sentence", WRONG)
def test_an_absurd_row_goes_back_with_a_sentence_and_does_not_stop_the_others(sentence, site, at):
    batch = run(receive(WRONG[sentence] + row(2), at), at)
    assert (batch.counts["rows"], batch.counts["returned_rows"]) == (1, 1)
    assert sentence in reasons(batch)[0]


def test_the_returned_rows_corrected_are_enough(site, at):
    batch = write(row(1) + row(2, days="99"), at)
    assert batch.counts["returned_rows"] == 1
    write(row(2), at, name="退回.csv")
    assert PayrollLine.objects.count() == 2


def test_one_payment_stands_once_in_a_file_and_several_of_a_month_add_up(site, at):
    batch = run(receive(row(1) + row(1) + row(1, owed=6000, paid=500, on="2026-04-20"), at), at)
    assert (batch.counts["rows"], batch.counts["returned_rows"]) == (2, 1)
    assert "与第 2 行重复" in reasons(batch)[0]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.csv"),
        (b"%PDF-1.7", "a.csv"),
        (b"PK\x03\x04nothing", "a.xlsx"),
        ("姓名,金额\n甲,1\n".encode(), "a.csv"),
        (b"\xff\xfe\x00" * 50, "a.csv"),
    ],
    ids=["empty", "pdf", "broken workbook", "no columns", "noise"],
)
def test_a_hostile_file_fails_with_a_sentence_and_leaves_nothing(data, name, site, at):
    batch = run(receive(data, at, name=name), at)
    assert batch.state == "failed" and len(batch.message) > 5
    assert not PayrollLine.objects.exists() and not files.lying()


def test_attendance_and_deposits_come_the_same_way(site, worker_of, at):
    worker = worker_of(1)
    days = f"JJ001,{id_number(1)},2026-03,21.5\n"
    write(days, at, kind=FileKind.ATTENDANCE, header="项目编号,身份证号,月份,出勤天数\n")
    assert AttendanceLine.objects.values_list("person", "month", "days").get() == (worker.pk, MARCH, 215)
    money = "JJ001,2026-03,350000,300000,2026-04-10\nJJ001,2026-03,350000,50000,2026-04-20\n"
    batch = write(money, at, kind=FileKind.DEPOSITS, header="项目编号,月份,应拨金额,到账金额,到账日期\n")
    assert Deposit.objects.count() == 2
    take_back(batch, at)
    assert not Deposit.objects.exists()


def test_officials_of_a_district_send_files_of_their_projects_only(site, far_site, jiangjin_official, at):
    batch = run(receive(row(1) + row(2, code="FJ001"), at, by=jiangjin_official), at)
    assert (batch.counts["rows"], batch.counts["returned_rows"]) == (1, 1)
    assert "不是你负责的区县" in reasons(batch)[0]


def test_who_may_not_send_or_decide_is_refused(site, jiangjin_official, fengjie_official, wang_wei, auditor, at):
    for nobody in (wang_wei, auditor):
        with pytest.raises(NotAllowed):
            receive(row(1), at, by=nobody)
    batch = run(receive(row(1), at, by=jiangjin_official), at)
    with pytest.raises(NotAllowed):
        deciding.confirm(batch, by=fengjie_official, at=at)
    assert not PayrollFile.objects.visible_to(fengjie_official).exists()
    assert PayrollFile.objects.visible_to(jiangjin_official).exists() and not files.lying()[1:]
