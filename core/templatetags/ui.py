"""How the portal writes money, days, states and figures, and draws its small pictures. `{% load ui %}`"""

from datetime import date, datetime

from django import template
from django.db import models
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import calendar, divisions, masking, ui
from core.folding import always_the_same
from core.pagination import Count

from . import _charts, _fields

register = template.Library()
register.inclusion_tag("_components/bar_chart.html", name="bar_chart")(_charts.bar_chart)
register.inclusion_tag("_components/cartogram.html", name="cartogram")(_charts.cartogram)

WEEKDAYS = "一二三四五六日"


@register.filter
def fen(amount_fen: int | None) -> str:
    """Money to the cent, from 分: 300000 → ¥3,000.00."""
    if amount_fen is None:
        return "—"
    yuan, cents = divmod(abs(amount_fen), 100)
    return f"{'−' if amount_fen < 0 else ''}¥{yuan:,}.{cents:02}"


@register.filter
def fen_short(amount_fen: int | None) -> str:
    """Money without empty cents: 300000 → ¥3,000."""
    return fen(amount_fen).removesuffix(".00")


@register.filter
def cn_date(value: date | datetime | None) -> str:
    """2026年3月5日 周四, in Chongqing's time."""
    if value is None:
        return ""
    day = calendar.local_day(value) if isinstance(value, datetime) else value
    return f"{day.year}年{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"


@register.filter
def cn_datetime(value: datetime | None) -> str:
    """2026年3月5日 周四 18:42, in Chongqing's time."""
    return f"{cn_date(value)} {timezone.localtime(value):%H:%M}" if value else ""


@register.filter
def freshness(value: datetime | None) -> str:
    """How long ago, in words a person would use: 刚刚, 3 小时前, 昨天, 12 天前."""
    if value is None:
        return ""
    now = timezone.now()
    days = (calendar.local_day(now) - calendar.local_day(value)).days
    if days > 1:
        return _("{days} 天前").format(days=days)
    if days == 1:
        return _("昨天")
    hours = int((now - value).total_seconds() // 3600)
    return _("{hours} 小时前").format(hours=hours) if hours > 0 else _("刚刚")


def _workdays_left(deadline: date | datetime) -> int:
    day = calendar.local_day(deadline) if isinstance(deadline, datetime) else deadline
    return calendar.workdays_between(calendar.local_day(timezone.now()), day)


@register.simple_tag
def due_badge(deadline: date | datetime | None) -> str:
    """还剩 3 个工作日, 今天到期 or 超期 2 个工作日, as a badge whose colour says how urgent."""
    if deadline is None:
        return ""
    days = _workdays_left(deadline)
    return badge(ui.deadline_words(days), ui.deadline_tone(days))


@register.filter
def mask_phone(phone: object) -> str:
    """138****1234."""
    return masking.mask_phone(str(phone)) if phone else ""


@register.filter
def mask_id(number: object) -> str:
    """First three digits of an ID number, then stars."""
    return masking.mask_id(str(number)) if number else ""


@register.filter
def division(code: str | None) -> str:
    """The name of a division: 江津区 几江街道."""
    return divisions.name_of(code) if code else ""


@register.filter
def about(count: Count) -> str:
    """A counted number as it is, an estimate with 约: 312, 约 18,000."""
    if count.exact:
        return f"{count.number:,}"
    scale = 10 ** max(len(str(count.number)) - 2, 0)
    return _("约 {number}").format(number=f"{round(count.number / scale) * scale:,}")


@register.filter
def percent(part: int, whole: int) -> int:
    """Whole per cent; an empty whole is zero."""
    return round(100 * part / whole) if whole else 0


@register.simple_tag
@always_the_same
def icon(name: str, label: str = "") -> SafeString:
    """One picture of the sprite; with a label it speaks, without it stays silent for screen readers."""
    picture = f"{static('icons/sprite.svg')}#{name}"
    if label:
        template_text = '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>'
        return format_html(template_text, label, picture)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', picture)


@register.simple_tag
@always_the_same
def badge(word: str, tone: str = "neutral") -> SafeString:
    """A word on its colour."""
    return format_html('<span class="badge badge--{}">{}</span>', tone, word)


@register.simple_tag
def state_badge(row: models.Model) -> SafeString:
    """The state of a row, as word and colour."""
    return badge(row.get_state_display(), ui.tone(row))


@register.inclusion_tag("_components/field.html")
def field(bound: BoundField, **options: str | bool) -> dict:
    """A form field with label, hint, error and the right keyboard; see `_fields.describe` for the options."""
    return _fields.describe(bound, **options)


@register.inclusion_tag("_components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict:
    """All errors of the forms on top of the page, each a link to its field."""
    return {"errors": [error for form in forms for error in _fields.errors_of(form)]}


@register.inclusion_tag("_components/ring.html")
def ring(score: int) -> dict:
    """A score of 0–100 as a ring; the number stands inside."""
    return {"score": max(0, min(100, score))}


@register.inclusion_tag("_components/meter.html")
def meter(done: int, total: int, tone: str = "") -> dict:
    """A bar filled to done ÷ total; the words beside it carry the meaning."""
    return {"width": percent(done, total), "tone": tone}
