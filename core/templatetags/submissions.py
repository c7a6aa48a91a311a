"""`{% submission_key %}`: the hidden input that makes a rendered form take effect once."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import submissions

register = template.Library()


@register.simple_tag
def submission_key() -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', submissions.FIELD, submissions.new_key())
