"""Every value of a row judged on its own; every refusal a sentence that names the column and tells nobody's number."""

from datetime import date

import polars as pl
import pytest

from core.crypto import normalise
from workers.feeds.reading import checking_rows, profiles, tables
from workers.feeds.reading.places import division_of

from ..people import DIVISIONS, KNOWN, ON, id_of, uscc_of, write_csv, write_xlsx


def checked(department, frame, *, first_line=2, seen=None, headers=None, **more):
    frame = pl.DataFrame(frame, schema=dict.fromkeys(frame, pl.String))
    matched = profiles.by_name(department).match(headers or frame.columns)
    return checking_rows.check(frame, matched, first_line=first_line, on=ON, known=KNOWN, seen=seen, **more)


def value_of(department, header, cell):
    outcome = checked(department, {"身份证号": [id_of()], header: [cell]})
    return outcome.good[outcome.good.columns[-1]].to_list(), outcome.bad["reason"].to_list()


def test_a_row_becomes_typed_values_and_blanks_say_nothing():
    outcome = checked(
        "人社",
        {
            "身份证号": [id_of(1), id_of(2)],
            "姓名": [" 王  伟 ", None],
            "技能等级": ["中级工", None],
            "培训次数": ["３", None],
            "最近培训日期": ["2026/3/5", None],
            "培训补贴": ["1,234.5元", None],
            "失业保险": ["是", None],
            "户籍地": ["500116001000", None],
            "统一社会信用代码": [uscc_of(1).lower(), None],
        },
    )
    assert outcome.bad.is_empty()
    assert outcome.good.rows(named=True) == [
        {
            "line": 2,
            "id_number": id_of(1),
            "full_name": "王 伟",
            "hukou_division": "500116001",
            "skill_level": "3",
            "training_count": 3,
            "last_training_on": date(2026, 3, 5),
            "training_subsidy_fen": 123450,
            "employer_uscc": uscc_of(1),
            "unemployment_ins": True,
        },
        {
            "line": 3,
            "id_number": id_of(2),
            **dict.fromkeys(outcome.good.columns[2:]),
        },
    ]
    assert outcome.good.schema == {
        "line": pl.Int64,
        "id_number": pl.String,
        "full_name": pl.String,
        "hukou_division": pl.String,
        "skill_level": pl.String,
        "training_count": pl.Int16,
        "last_training_on": pl.Date,
        "training_subsidy_fen": pl.Int64,
        "employer_uscc": pl.String,
        "unemployment_ins": pl.Boolean,
    }


def test_several_codes_come_in_the_order_of_the_list():
    assert value_of("民政", "留守成员", "老人、儿童") == ([["1", "3"]], [])
    assert value_of("教育", "子女就读", "5,1") == ([["1", "5"]], [])
    assert value_of("教育", "子女就读", "公办小学/初中；公办园") == ([["1", "3"]], [])
    assert value_of("民政", "留守成员", "老人、叔叔")[0] == []
    assert "留守成员：代码表里没有其中的值" in value_of("民政", "留守成员", "老人、叔叔")[1][0]


@pytest.mark.parametrize(
    "cell",
    [
        id_of(7),
        f" {id_of(7)} ",
        f"{id_of(7)}\t",
        "".join(chr(ord(c) + 0xFEE0) for c in id_of(7)),
        f"\u202d{id_of(7)}\u202c",
        f"{id_of(7)[:6]} {id_of(7)[6:14]} {id_of(7)[14:]}",
        f"{id_of(7)[:6]}-{id_of(7)[6:]}",
        id_of(7)[:6] + id_of(7)[8:17],
    ],
)
def test_an_id_number_is_known_in_all_its_spellings_as_the_blind_index_knows_it(cell):
    outcome = checked("教育", {"身份证号": [cell], "学历": ["初中"]})
    assert outcome.good["id_number"].to_list() == [id_of(7)]
    assert normalise("id_number", cell.strip("\u202d\u202c\t ")) == id_of(7)


def test_an_x_may_be_small():
    number = next(id_of(n) for n in range(1, 99) if id_of(n).endswith("X"))
    assert checked("教育", {"身份证号": [number.lower()], "学历": ["初中"]}).good["id_number"].to_list() == [number]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (None, "没有填身份证号码"),
        ("   ", "没有填身份证号码"),
        ("5.1E+17", "单元格格式改为“文本”"),
        ("5.10102199001011E+17", "单元格格式改为“文本”"),
        ("5.1e17", "单元格格式改为“文本”"),
        ("51010219900101", "应为 18 位"),
        ("王伟", "应为 18 位"),
        (id_of(7) + "1", "应为 18 位"),
        (id_of(7)[:17] + ("1" if id_of(7)[17] != "1" else "2"), "核对每一位"),
        (id_of(7)[:17] + "Z", "应为 18 位"),
        (id_of(1, born="19900231"), "出生日期不存在"),
        (id_of(1, born="20300101"), "出生日期在以后"),
        (id_of(1, born="20100310"), "未满 16 周岁"),
        (id_of(1, born="18900101"), "超过 120 岁"),
        ("00010219900101001X", "应为 18 位"),
        ("٥١٠١٠٢١٩٩٠٠١٠١٠٠١٦", "应为 18 位"),
    ],
)
def test_what_is_no_id_number_of_a_worker_goes_back_with_the_reason(cell, sentence):
    outcome = checked("教育", {"身份证号": [cell, id_of(3)], "学历": ["初中", "大专"]})
    assert outcome.good["line"].to_list() == [3]
    assert sentence in outcome.bad["reason"].item()
    assert outcome.bad.rows() == [(2, outcome.bad["reason"].item(), cell, "初中")]


def test_the_sixteenth_birthday_is_old_enough():
    assert checked("教育", {"身份证号": [id_of(1, born="20100309")], "学历": ["初中"]}).good.height == 1


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-03-05", date(2026, 3, 5)),
        ("2026/3/5", date(2026, 3, 5)),
        ("2026.03.05", date(2026, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("2026 年 3 月 5 日", date(2026, 3, 5)),
        ("20260305", date(2026, 3, 5)),
        ("２０２６－０３－０５", date(2026, 3, 5)),
        ("2026-03-05 00:00:00", date(2026, 3, 5)),
        ("2026-03-05T08:30:00.000", date(2026, 3, 5)),
        ("2026/3/5 0:00", date(2026, 3, 5)),
        ("46086", date(2026, 3, 5)),
        ("46086.5", date(2026, 3, 5)),
        ("2026-03-09", ON),
        ("", None),
        ("-", None),
        ("#N/A", "看不懂"),
        ("2026-02-30", "看不懂"),
        ("2026-3", "看不懂"),
        ("3/5/2026", "看不懂"),
        ("26-03-05", "看不懂"),
        ("长期", "看不懂"),
        ("5", "看不懂"),
        ("2026-03-10", "以后"),
        ("99991231", "以后"),
        ("1899-12-31", "早于 1900"),
    ],
)
def test_days(cell, day):
    good, bad = value_of("人社", "入职日期", cell)
    if isinstance(day, str):
        assert day in bad[0] and bad[0].startswith("入职日期：")
    else:
        assert (good, bad) == ([day], [])


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_bare_day_number_counts_in_the_workbooks_own_date_system(tmp_path, from_1904):
    number = 46_086 - (1_462 if from_1904 else 0)
    rows = [["身份证号", "入职日期"], [id_of(1), number], [id_of(2), date(2026, 3, 5)]]
    table = tables.open_table(write_xlsx(tmp_path / "a.xlsx", rows, from_1904=from_1904), "a.xlsx")
    matched = profiles.by_name("人社").match(table.headers)
    ((first, frame),) = table.chunks()
    outcome = checking_rows.check(frame, matched, first_line=first, on=ON, known=KNOWN)
    assert outcome.good["job_start"].to_list() == [date(2026, 3, 5)] * 2


@pytest.mark.parametrize(
    ("department", "header", "cell", "expected"),
    [
        ("人社", "培训次数", "3.0", 3),
        ("人社", "培训次数", "3次", 3),
        ("人社", "养老缴费月数", "120个月", 120),
        ("人社", "培训次数", "0", 0),
        ("人社", "培训次数", "NULL", None),
        ("人社", "培训次数", "61", "应在 0 到 60 之间"),
        ("人社", "培训次数", "-1", "要填整数"),
        ("人社", "培训次数", "3.5", "要填整数"),
        ("人社", "培训次数", "9999999999", "要填整数"),
        ("人社", "培训次数", "三", "要填整数"),
        ("人社", "培训补贴", "0.1", 10),
        ("人社", "培训补贴", "1234", 123_400),
        ("人社", "培训补贴", "1234.50", 123_450),
        ("人社", "培训补贴", "1234.5000", 123_450),
        ("人社", "培训补贴", "￥１,２３４", 123_400),
        ("人社", "培训补贴", "100000", 10_000_000),
        ("人社", "培训补贴", "100000.01", "应在 0 到 100000 元之间"),
        ("人社", "培训补贴", "99999999999999999999", "要填金额"),
        ("人社", "培训补贴", "1.234", "两位小数"),
        ("人社", "培训补贴", "-5", "要填金额"),
        ("人社", "培训补贴", "1.2万", "要填金额"),
        ("人社", "培训补贴", "12,34", "要填金额"),
        ("人社", "失业保险", "TRUE", True),
        ("人社", "失业保险", "未参保", False),
        ("人社", "失业保险", "不清楚", "“是”或“否”"),
        ("人社", "技能等级", "八段", "代码表里没有这个值"),
        ("人社", "技能等级", "-", None),
        ("公安", "户籍地", "500116", "500116"),
        ("公安", "户籍地", "500116000000", "500116"),
        ("公安", "户籍地", "500116001000", "500116001"),
        ("公安", "户籍地", "500116001201", "500116001201"),
        ("公安", "户籍地", "510000", "51"),
        ("公安", "户籍地", "510104", "510104"),
        ("公安", "户籍地", "500999", "没有这个区划代码"),
        ("公安", "户籍地", "500116999", "没有这个区划代码"),
        ("公安", "户籍地", "770000", "没有这个区划代码"),
        ("公安", "户籍地", "江津区", "500116"),
        ("公安", "户籍地", "某某区", "没有这个地方"),
        ("公安", "户籍地", "5001160", "没有这个区划代码"),
        ("人社", "单位名称", "重庆（某某）有限公司", "重庆（某某）有限公司"),
        ("人社", "单位名称", "１２３ 公司", "123 公司"),
        ("人社", "单位名称", "null", None),
        ("人社", "单位名称", "公\x07司", "看不见的字符"),
        ("人社", "单位名称", "公\ufffd司", "乱码"),
        ("人社", "单位名称", "公\u200b司\u3000", "公司"),
        ("人社", "单位名称", "长" * 101, "最多写 100 个字"),
        ("人社", "统一社会信用代码", "９１" + uscc_of(5)[2:], uscc_of(5)),
        ("人社", "统一社会信用代码", uscc_of(5)[:-1] + ("A" if uscc_of(5)[-1] != "A" else "B"), "营业执照"),
        ("人社", "统一社会信用代码", "91500116", "营业执照"),
    ],
)
def test_values_of_every_kind(department, header, cell, expected):
    good, bad = value_of(department, header, cell)
    if bad:
        assert isinstance(expected, str) and expected in bad[0] and bad[0].startswith(f"{header}：")
    else:
        assert good == [expected]


def test_divisions_by_their_length():
    assert division_of("99", frozenset(DIVISIONS)) == "99"
    assert division_of("50", frozenset(DIVISIONS)) == "50"
    assert division_of("500000", frozenset(DIVISIONS)) == "500000"
    assert division_of("500000000000", frozenset(DIVISIONS)) == "500000"
    assert division_of("５００１１６", frozenset(DIVISIONS)) is None


def test_all_that_is_wrong_with_a_row_is_said_at_once_and_nothing_of_it_repeated():
    outcome = checked(
        "人社", {"身份证号": ["5.1E+17"], "技能等级": ["秘密甲"], "入职日期": ["秘密乙"], "单位名称": ["丙"]}
    )
    reason = outcome.bad["reason"].item()
    assert "科学计数" in reason and "技能等级：" in reason and "入职日期：" in reason
    assert "秘密" not in reason and "单位名称" not in reason


def test_sex_and_birth_date_that_contradict_the_number_go_back():
    outcome = checked(
        "公安",
        {
            "身份证号": [id_of(1), id_of(2), id_of(3), id_of(4)],
            "性别": ["男", "男", "未知", None],
            "出生日期": ["1990-01-01", "1990-01-01", "1990-01-02", None],
        },
    )
    assert outcome.good["line"].to_list() == [2, 5]
    assert outcome.bad["reason"].to_list() == ["性别：和身份证号码不一致", "出生日期：和身份证号码不一致"]


def test_rows_without_anything_are_neither_good_nor_bad():
    outcome = checked("教育", {"身份证号": [None, id_of(1), " ", None], "学历": [None, "初中", "", "大专"]})
    assert outcome.good["line"].to_list() == [3]
    assert outcome.bad["line"].to_list() == [5]


def test_the_first_row_of_a_person_stands_and_later_ones_name_it_over_all_chunks():
    seen = checking_rows.DuplicateKeys()
    frames = [[id_of(1), id_of(2), id_of(1)], [id_of(3), id_of(2), id_of(2)], [id_of(1)[:6] + id_of(1)[8:17], id_of(4)]]
    lines, goods, bads = 2, [], []
    for numbers in frames:
        outcome = checked("教育", {"身份证号": numbers, "学历": ["初中"] * len(numbers)}, first_line=lines, seen=seen)
        lines += len(numbers)
        goods += outcome.good["line"].to_list()
        bads += outcome.bad.select("line", "reason").rows()
    assert goods == [2, 3, 5, 9]
    assert [(line, reason[:9]) for line, reason in bads] == [
        (4, "与第 2 行重复："),
        (6, "与第 3 行重复："),
        (7, "与第 3 行重复："),
        (8, "与第 2 行重复："),
    ]


def test_a_refused_row_does_not_stand_in_the_way_of_its_corrected_copy():
    seen = checking_rows.DuplicateKeys()
    outcome = checked("教育", {"身份证号": [id_of(1), id_of(1)], "学历": ["神童班", "初中"]}, seen=seen)
    assert outcome.good["line"].to_list() == [3]
    assert outcome.bad["line"].to_list() == [2]


def test_duplicates_are_found_over_many_chunks():
    seen = checking_rows.DuplicateKeys()
    for chunk in range(20):
        numbers = [id_of(chunk * 10 + n) for n in range(1, 11)] + [id_of(1)]
        outcome = checked("教育", {"身份证号": numbers, "学历": ["初中"] * 11}, first_line=chunk * 11 + 2, seen=seen)
        assert outcome.bad["reason"].str.starts_with("与第 2 行重复").all()
        assert (outcome.good.height, outcome.bad.height) == (10, 1)


def test_an_empty_frame_is_checked_too():
    outcome = checked(
        "人社", {"身份证号": [], "姓名": [], "培训补贴": [], "入职日期": [], "失业保险": [], "信用代码": []}
    )
    assert outcome.good.is_empty() and outcome.bad.is_empty()
    assert outcome.good.schema["training_subsidy_fen"] == pl.Int64


def test_the_same_rows_mean_the_same_in_a_text_as_in_a_workbook(tmp_path):
    rows = [["身份证号", "入职日期", "培训补贴"], [id_of(1), "2026-03-05", "12.5"], [id_of(2), "20260305", "x"]]
    outcomes = []
    for path in (write_csv(tmp_path / "a.csv", rows, "gb18030"), write_xlsx(tmp_path / "a.xlsx", rows)):
        table = tables.open_table(path, path.name)
        matched = profiles.by_name("人社").match(table.headers)
        ((first, frame),) = table.chunks()
        outcomes.append(checking_rows.check(frame, matched, first_line=first, on=ON, known=KNOWN))
    assert outcomes[0].good.equals(outcomes[1].good)
    assert outcomes[0].bad.equals(outcomes[1].bad)
    assert (outcomes[0].good.height, outcomes[0].bad.height) == (1, 1)
