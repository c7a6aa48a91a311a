"""Templates in which what cannot change is written in when they are read, not each time a page is drawn.

This house has one language, and addresses stay for as long as a process lives, so `{% translate "退出登录" %}`,
`{% static "css/base.css" %}`, `{% url "accounts:recover" %}` and `{% icon "phone" %}` always say the same: some
twenty-five stand on every page.
"""

from typing import Any

from django.conf import settings
from django.template import Context, Origin, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable
from django.template.defaulttags import AutoEscapeControlNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import base, cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils import translation


class _Folded(base.Loader):
    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        template = super().get_template(template_name, skip)
        if len(settings.LANGUAGES) == 1:
            with translation.override(settings.LANGUAGE_CODE):
                _fold(template.nodelist)
        return template


class Loader(cached.Loader, _Folded):
    """Django's cached loader; what it keeps is folded before anybody sees it."""


def always_the_same(tag: Any) -> Any:
    """Mark a simple tag whose words depend on nothing but what is written behind its name."""
    tag.always_the_same = True
    return tag


def _fold(nodes: NodeList) -> None:
    folded: list[Node] = []
    for node in nodes:
        if isinstance(node, AutoEscapeControlNode):  # what is drawn in there is escaped in its own way
            folded.append(node)
            continue
        for inner in _inside(node):
            _fold(inner)
        node = _drawn(node) if _is_constant(node) else _named(node)
        if isinstance(node, TextNode) and folded and isinstance(folded[-1], TextNode):
            node = _text(folded.pop().s + node.s, node)
        folded.append(node)
    nodes[:] = folded


def _inside(node: Node) -> list[NodeList]:
    found = [getattr(node, name, None) for name in node.child_nodelists if not isinstance(node, TextNode)]
    branches = [nodes for _condition, nodes in getattr(node, "conditions_nodelists", ())]  # of an `if`
    return branches or [nodes for nodes in found if nodes]


def _is_constant(node: Node) -> bool:
    if isinstance(node, TranslateNode):
        return not (node.asvar or node.message_context) and _is_written(node.filter_expression)
    if isinstance(node, StaticNode):
        return node.varname is None and _is_written(node.path)
    if isinstance(node, URLNode):
        # The desk's names depend on which desk is open.
        name = node.view_name
        return not (node.asvar or node.args or node.kwargs) and _is_written(name) and not name.var.startswith("admin:")
    if isinstance(node, SimpleNode):
        told = [*node.args, *node.kwargs.values()]
        is_marked = getattr(node.func, "always_the_same", False) and node.target_var is None
        return is_marked and all(map(_is_written, told))
    return False


def _is_written(expression: FilterExpression) -> bool:
    """Whether the words themselves stand in the template: no variable, no filter."""
    thing = expression.var
    return not expression.filters and (not isinstance(thing, Variable) or thing.literal is not None)


def _drawn(node: Node) -> Node:
    try:
        return _text(node.render(Context()), node)
    except Exception:  # a file that is missing fails where it always did: when the page is drawn
        return node


class _Named(Node):
    """`{% translate "返回" as text %}`: the word is known, only its name is new to each page."""

    child_nodelists = ()

    def __init__(self, name: str, word: str) -> None:
        self.name, self.word = name, word

    def render(self, context: Context) -> str:
        context[self.name] = self.word
        return ""


def _named(node: Node) -> Node:
    if not isinstance(node, TranslateNode) or node.message_context or not _is_written(node.filter_expression):
        return node
    context = Context()
    node.render(context)
    named = _Named(node.asvar, context[node.asvar])
    named.token, named.origin = node.token, node.origin
    return named


def _text(words: str, like: Node) -> TextNode:
    text = TextNode(words)
    text.token, text.origin = like.token, like.origin
    return text
