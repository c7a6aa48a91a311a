"""Links between the pages of one application, which stand at two sets of addresses."""

from typing import Any

from django import template
from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def page_url(context: Context, name: str, *args: Any) -> str:
    """The page for the person whom the present one is about: oneself, or a broker's client."""
    return context["request"].applicant.url(name, *args)
