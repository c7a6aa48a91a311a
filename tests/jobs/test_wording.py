"""Discriminating words are found with their article; words about goods and welcome words pass."""

import pytest

from jobs.wording import findings, findings_by_field

FORBIDDEN = {
    "sex": [
        "限男性",
        "仅限男",
        "女士优先",
        "限 男 性",
        "限男、身体健康",
        "性别：女",
        "男，45岁以下",
        "招女服务员两名",
        "急招男工10名",
        "女保洁员",
        "男5名，女3名",
        "最好是男的",
        "适合女性",
        "男士勿扰",
        "美女优先",
        "要求：女，形象好",
    ],
    "family": ["未婚", "未婚优先", "已婚已育优先", "三年内不得怀孕", "入职孕检"],
    "ethnicity": ["不要少数民族", "仅限汉族", "汉族优先", "回族勿扰", "非少数民族", "民族：汉"],
    "religion": ["无宗教信仰", "信教勿扰", "限佛教徒", "基督徒优先"],
    "origin": ["不招河南人", "外地人勿扰", "限本地户口", "不要农村户口"],
    "health": ["无乙肝", "两对半检查", "ＨＩＶ阴性"],
    "disability": ["残疾人勿扰", "无残疾"],
}
LAWFUL = [
    "男装导购",
    "招男装店员",
    "女鞋制作工，需女鞋经验",
    "男、女、童装销售",
    "男科医院保洁",
    "负责男浴室、女浴室保洁",
    "男女不限",
    "男女均可",
    "性别不限，民族不限",
    "提供女工宿舍，包夫妻房",
    "单身宿舍",
    "少数民族优先",
    "残疾人优先",
    "苗族风味餐厅服务员",
    "彭水苗族土家族自治县",
    "清真餐厅后厨",
    "须尊重少数民族风俗",
    "不查乙肝",
    "须持健康证",
    "仅限江津区人民医院内工作",
    "只要肯干",
    "限高作业人员",
    "保安员，须持保安证",
    "水族馆保洁",
]


@pytest.mark.parametrize(("ground", "text"), [(g, text) for g, texts in FORBIDDEN.items() for text in texts])
def test_forbidden_words_are_found_under_their_ground(ground, text):
    assert ground in {finding.ground.code for finding in findings(f"有经验，{text}。")}


@pytest.mark.parametrize("text", LAWFUL)
def test_words_about_goods_and_welcome_words_pass(text):
    assert findings(f"岗位说明：{text}。") == []


def test_a_finding_names_the_words_and_the_article():
    [finding] = findings("持证上岗，限男性。")
    assert "限男性" in finding.reason
    assert "《人力资源市场暂行条例》第二十四条" in finding.reason


def test_fields_without_findings_are_left_out():
    assert set(findings_by_field({"title": "女保安", "duties": "巡逻"})) == {"title"}


def test_a_very_long_text_is_read_in_time():
    assert findings("负责车间保洁，" * 20_000) == []
