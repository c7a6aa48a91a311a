"""Papers as PDF: same contents same bytes, text that can be copied out, and no character that silently is not there."""

import io
import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from core import files
from core.papers import glyphs
from core.papers.lines import break_into, pieces
from core.papers.sheet import Check, Paper, render

AT = datetime(2026, 3, 9, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PAPER = Paper(
    title="劳动保障监察限期整改指令书",
    issuer="江津区劳动保障监察机构",
    number="渝江津人社监令〔2026〕第12号",
    to="重庆测试建设工程有限公司：",
    paragraphs=("经查，你单位拖欠劳动报酬 ¥12,600.00。现责令你单位于 2026年3月20日 前足额支付。",),
    signed_on="2026年3月9日",
    seal="（印章）",
    check=Check("https://example.cn/wages/genuine/1/", ("扫码核对真伪", "校验码 3F9A-0000-1111-2222-3333")),
    note="标“〓”处原字：{characters}，以手写为准。",
)


def said(page):
    """pypdf shows the high byte of each code as NUL; readers that people use (PDFium, Ghostscript) do not."""
    return re.sub(r"[\s\0]", "", page.extract_text())


def text_of(pdf):
    return "".join(map(said, PdfReader(io.BytesIO(pdf)).pages))


def test_the_same_paper_is_the_same_bytes_and_another_is_not():
    pdf = render(PAPER, at=AT)
    assert pdf == render(PAPER, at=AT)
    assert pdf != render(replace(PAPER, to="别的单位："), at=AT)
    assert pdf != render(PAPER, at=AT + timedelta(days=1))


def test_what_is_printed_can_be_copied_out():
    text = text_of(render(PAPER, at=AT))
    for words in (PAPER.title, PAPER.number, PAPER.to, "拖欠劳动报酬¥12,600.00", "2026年3月9日", "校验码3F9A"):
        assert re.sub(r"\s", "", words) in text


def test_the_font_is_in_the_file_and_only_what_is_used_of_it():
    pdf = render(PAPER, at=AT)
    fonts = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"]
    described = [
        f.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for f in fonts.values()
    ]
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in described)
    assert len(pdf) < 60_000 < glyphs.FONT.stat().st_size


def test_a_paper_passes_the_inspector_that_uploads_go_through():
    assert files._inspected(render(PAPER, at=AT)) == "plain"


@pytest.mark.parametrize("name", ["𬭎", "㧐", "喆", "堃", "犇"])
def test_rare_characters_of_the_standard_list_are_drawn(name):
    assert not glyphs.missing(name)
    assert name in text_of(render(replace(PAPER, to=f"王{name}："), at=AT))


def test_a_character_that_is_not_there_is_marked_and_named():
    text = text_of(render(replace(PAPER, to="王\U00030edd："), at=AT))
    assert "王〓：" in text and "U+30EDD" in text
    assert "U+" not in text_of(render(PAPER, at=AT))


def test_a_long_paper_goes_on_and_counts_its_pages():
    pdf = render(replace(PAPER, paragraphs=PAPER.paragraphs * 30, page_words="第{page}页 共{pages}页"), at=AT)
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) > 2
    assert f"共{len(pages)}页" in said(pages[0])


def test_marks_cling_to_what_they_belong_to():
    assert pieces("（第二十六条）。〔2026〕第12号") == [
        "（第",
        "二",
        "十",
        "六",
        "条）。",
        "〔2026〕",
        "第",
        "12",
        "号",
    ]


@given(st.text(alphabet="工资，。（）《》12a国 ", max_size=120), st.integers(min_value=6, max_value=40))
def test_no_line_is_too_wide_and_nothing_is_lost(text, width):
    lines = break_into(text, width, len, indent=2)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert len(lines[0]) <= width - 2 or len(text) == 0
    assert all(len(line) <= width for line in lines)
