"""How forms are drawn: by Django's templates, but for plain inputs, which are one line.

Django draws an `<input>` through three templates that include each other, which takes longer than the rest of a field.
"""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe

_PLAIN = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in (
        *("input", "text", "hidden", "number", "email", "url", "tel", "search", "color", "password"),
        *("date", "datetime", "time"),
    )
)


class Renderer(TemplatesSetting):
    """The project's template settings; what it says of a plain input is what Django's templates say."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name in _PLAIN:
            return plain_input(context["widget"])
        return super().render(template_name, context, request)


def plain_input(widget: dict[str, Any]) -> SafeString:
    """`django/forms/widgets/input.html` with its `attrs.html`."""
    value = widget["value"]
    told = "" if value is None else f' value="{_escaped(value)}"'
    attributes = "".join(_attribute(name, said) for name, said in widget["attrs"].items() if said is not False)
    return mark_safe(f'<input type="{_escaped(widget["type"])}" name="{_escaped(widget["name"])}"{told}{attributes}>')


def _attribute(name: str, said: Any) -> str:
    return f" {_escaped(name)}" if said is True else f' {_escaped(name)}="{_escaped(said)}"'


def _escaped(said: Any) -> str:
    return conditional_escape(said if isinstance(said, SafeData) else str(said))
