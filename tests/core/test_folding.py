"""Constant words of templates are written in when a template is read; everything else is drawn as before."""

import pytest
from django.template import Context, Template, engines
from django.template.base import TextNode
from django.templatetags.i18n import TranslateNode
from django.test import override_settings

from core.folding import Loader

HEAD = "{% load i18n static ui %}"
CONSTANT = [
    '{% translate "退出登录" %}',
    "{% translate '100%% 免费 <b>' %}",
    "{% static 'css/base.css' %}",
    '{% icon "phone" %}',
    '{% icon "phone" "电话" %}',
    '{% badge "已齐" "ok" %}',
    '<a>{% translate "渝工通" %}</a> {% icon "mark" %}',
    "{% url 'accounts:recover' %}",
    "<a href=\"{% url 'account_login' %}?staff=1\">",
]
CHANGING = [
    "{% translate word %}",
    '{% translate "渝工通"|lower %}',
    '{% translate "渝工通" as name %}{{ name }}',
    "{% translate word as name %}{{ name }}",
    "{% url 'admin:index' %}",
    "{% url 'accounts:recover' as address %}{{ address }}",
    "{% url 'wages:code' path %}",
    "{% static path %}",
    '{% static "css/base.css" as address %}{{ address }}',
    "{% icon word %}",
    "{% badge word %}",
    '{% autoescape off %}{% static "a&b.css" %}{% endautoescape %}',
]
INSIDE = [
    '{% if word %}{% translate "甲" %}{% elif path %}{% translate "乙" %}{% else %}{% translate "丙" %}{% endif %}',
    '{% for one in word %}{% icon "phone" %}{{ one }}{% empty %}{% translate "没有" %}{% endfor %}',
    '{% block a %}{% translate "甲" %}{% block b %}{{ word }}{% endblock %}{% endblock %}',
    '{% with name=word %}{% translate "甲" %}{{ name }}{% endwith %}',
    '{% if word %}{% translate "<甲> 100%%" as name %}{{ name }}{% endif %}',
]


def folded(text):
    """The template as our loader hands it out."""
    engine = engines["django"].engine
    loader = Loader(engine, [("django.template.loaders.locmem.Loader", {"page.html": text})])
    return loader.get_template("page.html")


@pytest.fixture(autouse=True)
def plain_addresses(settings):
    """Of files that nobody collected."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.mark.parametrize("text", CONSTANT + CHANGING + INSIDE)
def test_a_folded_page_says_the_same(text):
    for word in ("", "x<y", "phone"):
        context = {"word": word, "path": "a&b.css"}
        assert folded(HEAD + text).render(Context(context)) == Template(HEAD + text).render(Context(context))


@pytest.mark.parametrize("text", CONSTANT)
def test_constant_words_are_one_piece_of_text(text):
    nodes = folded(HEAD + text).nodelist
    assert [type(node) for node in nodes[1:]] == [TextNode], "the first is `load`"


@pytest.mark.parametrize("text", CHANGING)
def test_what_may_change_is_drawn_each_time(text):
    nodes = folded(HEAD + text).nodelist
    assert any(not isinstance(node, TextNode) for node in nodes[1:])


@pytest.mark.parametrize("text", INSIDE)
def test_nothing_constant_is_left_in_branches_loops_and_blocks(text):
    assert folded(HEAD + text).nodelist.get_nodes_by_type(TranslateNode) == []


def test_with_a_second_language_words_are_asked_for_each_time():
    with override_settings(LANGUAGES=[("zh-hans", "简体中文"), ("en", "English")]):
        assert folded(HEAD + CONSTANT[0]).nodelist.get_nodes_by_type(TranslateNode)


def test_a_page_of_the_portal_comes_folded(client, db):
    assert client.get("/accounts/login/").status_code == 200
    base = engines["django"].engine.get_template("base.html")
    assert base.nodelist.get_nodes_by_type(TranslateNode) == []
