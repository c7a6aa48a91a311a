"""How the portal writes money, days and states, and what its components promise."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template

from core import ui
from core.context_processors import site
from core.pagination import Count
from core.templatetags import ui as tags

SPRITE = (settings.BASE_DIR / "static/icons/sprite.svg").read_text()


def rendered(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("amount_fen", "long", "short"),
    [
        (300_000, "¥3,000.00", "¥3,000"),
        (1_234_567, "¥12,345.67", "¥12,345.67"),
        (0, "¥0.00", "¥0"),
        (-5, "−¥0.05", "−¥0.05"),
        (None, "—", "—"),
    ],
)
def test_money_is_written_from_fen_without_losing_a_cent(amount_fen, long, short):
    assert tags.fen(amount_fen) == long
    assert tags.fen_short(amount_fen) == short


def test_dates_carry_the_weekday_and_times_are_those_of_chongqing():
    assert tags.cn_date(date(2026, 3, 5)) == "2026年3月5日 周四"
    late_evening_utc = datetime(2026, 3, 4, 18, 30, tzinfo=UTC)
    assert tags.cn_date(late_evening_utc) == "2026年3月5日 周四"
    assert tags.cn_datetime(late_evening_utc) == "2026年3月5日 周四 02:30"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deadline", "words", "tone"),
    [
        (date(2026, 3, 12), "还剩 3 个工作日", "neutral"),
        (date(2026, 3, 10), "还剩 1 个工作日", "warn"),
        (date(2026, 3, 9), "今天到期", "danger"),
        (date(2026, 3, 5), "超期 2 个工作日", "danger"),
    ],
)
def test_a_deadline_says_its_working_days_and_colours_them(deadline, words, tone, at, monkeypatch):
    monkeypatch.setattr(tags.timezone, "now", lambda: at)
    assert tags.due_badge(deadline) == f'<span class="badge badge--{tone}">{words}</span>'


@pytest.mark.parametrize(
    ("shown_at", "words"),
    [
        (datetime(2026, 3, 9, 1, 45, tzinfo=UTC), "刚刚"),
        (datetime(2026, 3, 8, 23, 0, tzinfo=UTC), "3 小时前"),
        (datetime(2026, 3, 8, 14, 0, tzinfo=UTC), "昨天"),
        (datetime(2026, 3, 1, 14, 0, tzinfo=UTC), "8 天前"),
    ],
)
def test_freshness_is_told_as_people_tell_it(shown_at, words, at, monkeypatch):
    monkeypatch.setattr(tags.timezone, "now", lambda: at)
    assert tags.freshness(shown_at) == words


def test_an_estimated_count_says_that_it_is_one():
    assert tags.about(Count(312, exact=True)) == "312"
    assert tags.about(Count(18_204, exact=False)) == "约 18,000"


def test_a_state_has_the_tone_that_its_app_registered_and_neutral_otherwise():
    row = SimpleNamespace(
        _meta=SimpleNamespace(label_lower="test.row"), state="paid", get_state_display=lambda: "已付清"
    )
    assert tags.state_badge(row) == '<span class="badge badge--neutral">已付清</span>'
    ui.register_tones("test.Row", {"paid": "ok"})
    assert tags.state_badge(row) == '<span class="badge badge--ok">已付清</span>'


def test_a_tone_that_does_not_exist_is_refused_when_it_is_registered():
    with pytest.raises(ValueError, match="purple"):
        ui.register_tones("test.Row", {"paid": "purple"})


def test_badges_escape_what_people_typed():
    assert "<script>" not in tags.badge("<script>", "ok")


class Sample(forms.Form):
    name = forms.CharField(label="姓名", help_text="和身份证上一样。")
    phone = forms.CharField(label="手机号", required=False)
    headcount = forms.IntegerField(label="人数", min_value=1)
    amount = forms.DecimalField(label="金额")
    kind = forms.ChoiceField(label="身份", choices=[("w", "工人"), ("l", "带班")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="我说的都是真的")


def test_a_field_brings_its_label_hint_and_the_right_keyboard():
    html = rendered(
        "{% field f.name %}{% field f.phone %}{% field f.headcount %}{% field f.amount suffix='元' %}", f=Sample()
    )
    assert '<label class="label" for="id_name">姓名</label>' in html
    assert re.search(r'<input [^>]*name="name"[^>]*aria-describedby="id_name_helptext"', html)
    assert re.search(r'<input type="tel" name="phone"[^>]*inputmode="tel"[^>]*autocomplete="tel"', html)
    assert re.search(r'<input type="text" name="headcount"[^>]*inputmode="numeric"', html)
    assert re.search(r'<input type="text" name="amount"[^>]*inputmode="decimal"', html)
    assert "（选填）" in html and html.count("（选填）") == 1
    assert " required" not in html


def test_choices_are_big_cards_whose_input_stands_before_its_label():
    html = rendered("{% field f.kind %}{% field f.agreed %}", f=Sample())
    assert html.count('<div class="choice">') == 3
    assert re.search(r'<input type="radio"[^>]*id="id_kind_0"[^>]*><label for="id_kind_0">工人</label>', html)
    assert "<fieldset" in html


def test_a_question_that_is_the_page_makes_its_label_the_heading():
    html = rendered("{% field f.name heading=True %}{% field f.kind heading=True %}", f=Sample())
    assert html.count("<h1>") == 2
    assert '<h1><label for="id_name">姓名</label></h1>' in html


def test_errors_name_what_is_missing_in_the_same_words_above_and_at_the_field():
    form = Sample({"headcount": "0"})
    summary = rendered("{% error_summary f %}", f=form)
    fields = rendered("{% field f.name %}{% field f.kind %}{% field f.headcount %}", f=form)
    assert 'role="alert"' in summary and 'tabindex="-1"' in summary
    for target, words in (("id_name", "请填写：姓名"), ("id_kind_0", "请选择：身份")):
        assert f'<a href="#{target}">{words}</a>' in summary
        assert words in fields
    assert 'aria-invalid="true"' in fields


def test_a_form_without_errors_has_no_summary():
    assert rendered("{% error_summary f %}", f=Sample()).strip() == ""


def test_bars_are_drawn_to_scale_in_attributes_and_their_figures_are_text():
    html = rendered(
        "{% bar_chart rows caption='收入' now='本期' before='上年' %}",
        rows=[
            {"label": "建筑", "value": 200, "before": 100, "text": "¥200"},
            {"label": "餐饮", "value": 50, "text": "¥50"},
        ],
    )
    assert 'class="now" width="100.0"' in html and 'class="now" width="25.0"' in html
    assert 'class="before" y="7" width="50.0"' in html
    assert ">¥50</td>" in html and "style=" not in html


def test_a_chart_without_rows_or_with_zeros_is_still_drawn():
    assert "<table" in rendered("{% bar_chart rows caption='x' %}", rows=[])
    assert 'width="0.0"' in rendered("{% bar_chart rows caption='x' %}", rows=[{"label": "a", "value": 0, "text": "0"}])


def test_dark_tiles_carry_light_words():
    html = rendered(
        "{% cartogram tiles caption='人数' %}",
        tiles=[
            {"column": 0, "row": 0, "label": "江津", "value": "28.5", "shade": 5},
            {"column": 1, "row": 1, "label": "渝中", "value": "7.7", "shade": 0},
        ],
    )
    assert html.count("on-dark") == 2
    assert 'viewBox="0 0 116 116"' in html


def test_a_score_never_leaves_the_ring():
    assert 'stroke-dasharray="100 100"' in rendered("{% ring 140 %}")
    assert 'aria-label="匹配 94 分"' in rendered("{% ring 94 %}")


def test_every_picture_that_a_template_asks_for_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))
    asked = set()
    for path in Path(settings.BASE_DIR / "templates").rglob("*.html"):
        asked |= set(re.findall(r'{% icon "([\w-]+)"', path.read_text()))
    assert asked and asked <= drawn


def test_the_frame_knows_the_mode_the_doors_and_the_way_to_sign_in(rf):
    request = rf.get("/jobs/7/")
    request.COOKIES["elder"] = "1"
    context = site(request)
    assert context["site_elder"] is True
    assert [door["url"] for door in context["site_doors"] if door["here"]] == ["/jobs/"]
    assert context["site_own"]["url"] == "/accounts/login/"


@pytest.mark.parametrize(
    ("role", "is_staff", "url"),
    [("worker", False, "/me/"), ("broker", False, "/broker/"), ("official", True, "/admin/")],
)
def test_the_pill_leads_each_kind_of_person_to_their_own_place(role, is_staff, url, rf):
    request = rf.get("/")
    request.user = SimpleNamespace(is_authenticated=True, is_staff=is_staff, role=role)
    assert site(request)["site_own"]["url"] == url
