"""Which department may state what, and under which headers."""

import pytest

from core.errors import Refusal
from workers.enums import Source
from workers.feeds.reading import cleaning, headings, profiles
from workers.feeds.reading.spellings import code_of, codes_of
from workers.indicators import BY_CODE, INDICATORS, Kind

DEPARTMENTS = [source for source in Source if source.is_department]


@pytest.mark.parametrize("source", DEPARTMENTS)
def test_every_department_has_a_table_of_things_that_departments_may_state(source):
    profile = profiles.of(source)
    assert profile.columns[0].column == "id_number"
    assert len(profile.columns) > 1
    assert all(feed.indicator.is_updated_by(source) for feed in profile.columns)
    for feed in profile.columns[1:]:
        assert cleaning.rule_for(feed.indicator, feed.column)


def test_a_department_may_state_all_that_is_its_own_and_every_such_indicator_has_a_table():
    for row in INDICATORS:
        if "D" in row.updated_by and row.code != "id_number":
            assert row in [feed.indicator for feed in profiles.of(row.department).columns], row.code


@pytest.mark.parametrize("source", DEPARTMENTS)
def test_no_header_means_two_things(source):
    owners = {}
    for feed in profiles.of(source).columns:
        for name in feed.headers:
            assert owners.setdefault(headings.spelling(name), feed.column) == feed.column, name


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("教育", Source.EDUCATION),
        ("重庆市教育局", Source.EDUCATION),
        ("市教委", Source.EDUCATION),
        ("人社部门", Source.HUMAN_RESOURCES),
        ("人力社保局", Source.HUMAN_RESOURCES),
        ("农业农村", Source.AGRICULTURE),
        ("乡村振兴局", Source.AGRICULTURE),
        ("农业农村（乡村振兴）部门", Source.AGRICULTURE),
        ("住房城乡建委", Source.HOUSING),
        ("市场监管局", Source.MARKET),
        ("医保局", Source.MEDICAL),
        ("民政", Source.CIVIL_AFFAIRS),
    ],
)
def test_a_department_is_known_by_the_names_that_people_use(name, source):
    assert profiles.by_name(name).source == source


@pytest.mark.parametrize("name", ["", "城管", "局", "教育体育旅游"])
def test_an_unknown_department_is_answered_with_the_known_ones(name):
    with pytest.raises(Refusal, match="人社、公安、教育"):
        profiles.by_name(name)


def test_a_person_is_no_department():
    with pytest.raises(Refusal, match="没有这个部门"):
        profiles.of(Source.WORKER)


def test_headers_are_found_under_their_other_names_codes_and_remarks():
    matched = profiles.by_name("教育").match(
        ["序号", "*身份证号（必填）", " 姓 名 ", "文化程度", "graduation", "就业状态", "原因"]
    )
    assert matched.id_header == "*身份证号（必填）"
    assert matched.columns == ("full_name", "education", "graduation")
    assert matched.numbers == [2, 18, 19]
    assert matched.unknown == ("序号",)
    assert matched.not_theirs == ("就业状态",)


def test_two_columns_for_one_thing_are_refused_by_their_names():
    with pytest.raises(Refusal, match="“学历”和“文化程度”"):
        profiles.by_name("教育").match(["身份证号", "学历", "文化程度"])


def test_a_table_without_id_numbers_is_refused():
    with pytest.raises(Refusal, match="没有身份证号码这一列"):
        profiles.by_name("教育").match(["姓名", "学历"])


def test_a_table_that_states_nothing_is_refused_with_what_it_could_state():
    with pytest.raises(Refusal, match="学历"):
        profiles.by_name("教育").match(["身份证号", "就业状态"])


@pytest.mark.parametrize("header", ["累计培训补贴（万元）", "累计培训补贴（分）", "training_subsidy_fen"])
def test_a_sum_in_another_unit_than_yuan_is_not_read(header):
    with pytest.raises(Refusal):
        profiles.by_name("人社").match(["身份证号", header])
    assert profiles.by_name("人社").match(["身份证号", "累计培训补贴（元）"]).columns == ("training_subsidy_fen",)


@pytest.mark.parametrize(
    ("indicator", "cell", "code"),
    [
        ("sex", "男", "1"),
        ("sex", "２", "2"),
        ("sex", "1.0", "1"),
        ("ethnicity", "土家族", "15"),
        ("ethnicity", "土家", "15"),
        ("ethnicity", "6", "06"),
        ("education", "11", "10"),
        ("education", "大专", "30"),
        ("education", "文盲", "90"),
        ("education", "初 中", "70"),
        ("industry", "c", "C"),
        ("industry", "47", "E"),
        ("industry", "E4710", "E"),
        ("industry", "建筑业", "E"),
        ("skill_level", "五级", "2"),
        ("skill_level", "五级/初级工", None),
        ("medical_type", "城乡居民", "2"),
        ("pension_type", "企业职工基本养老保险", "1"),
        ("left_behind", "留守老人", "3"),
        ("education", "博士后流动站", None),
        ("sex", "", None),
    ],
)
def test_national_codes_and_words_mean_our_codes(indicator, cell, code):
    assert code_of(BY_CODE[indicator], cell) == code


@pytest.mark.parametrize(
    "row", [row for row in INDICATORS if row.kind in (Kind.CODE, Kind.CODES)], ids=lambda r: r.code
)
def test_every_code_and_word_of_a_list_means_itself(row):
    for code, label in row.choices.choices:
        assert code_of(row, code) == code
        assert code_of(row, str(label)) == code
    assert set(codes_of(row).values()) == set(row.choices.values)
