"""Fields that take what people really type."""

import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

MOST_MONTHS = 720
HIGHEST_YUAN = 1_000_000


class Contract(TextChoices):
    """How long a labour contract runs, as far as the rules care; the value is the months they count."""

    NONE = "0", _("没有签")
    SHORT = "6", _("签了，不到 1 年")
    LONG = "12", _("签了，1 年以上或无固定期限")


def _plain(typed: Any) -> Any:
    """Full-width digits, commas, ¥ and units away: ３,５００元 → 3500."""
    if not isinstance(typed, str):
        return typed
    text = unicodedata.normalize("NFKC", typed[:40]).strip()
    for mark in (",", "，", "¥", "元", "㎡", "m2", "平方米", "个月", "月", "岁", " "):
        text = text.replace(mark, "")
    return text


class NumberField(forms.DecimalField):
    """A number that may be typed with its unit."""

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(_plain(value))


class WholeField(forms.IntegerField):
    """A whole number that may be typed with its unit."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(_plain(value))


class YuanField(NumberField):
    """Money typed in 元, cleaned to 分."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=HIGHEST_YUAN,
            max_digits=9,
            decimal_places=2,
            error_messages={
                "invalid": _("请填数字，比如 3500。"),
                "required": _("请填收入，没有就填 0。"),
                "max_value": _("最多填 100 万元，请检查。"),
                "min_value": _("收入不能小于 0。"),
                "max_decimal_places": _("最多写到分。"),
                "max_digits": _("数字太长，请检查。"),
                "max_whole_digits": _("数字太长，请检查。"),
            },
            **kwargs,
        )

    def clean(self, value: Any) -> int | None:
        yuan = super().clean(value)
        return None if yuan is None else int(yuan * 100)


def yuan(fen: int | None) -> str:
    """A stored sum as a person would type it."""
    if fen is None:
        return ""
    whole, cents = divmod(fen, 100)
    return f"{whole}.{cents:02}" if cents else str(whole)


def months(label: Any, help_text: Any = "") -> WholeField:
    """So many months; left empty means none."""
    return WholeField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=MOST_MONTHS,
        error_messages={
            "invalid": _("请填整数，比如 6。"),
            "min_value": _("月数不能小于 0。"),
            "max_value": _("月数太大，请检查。"),
        },
    )


def square_metres(label: Any, help_text: Any) -> NumberField:
    """A building area; 0 means no home."""
    return NumberField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=9999,
        max_digits=5,
        decimal_places=1,
        error_messages={
            "invalid": _("请填数字，比如 38.5。"),
            "required": _("请填面积，没有住房就填 0。"),
            "min_value": _("面积不能小于 0。"),
            "max_value": _("面积太大，请检查。"),
            "max_digits": _("面积太大，请检查。"),
            "max_whole_digits": _("面积太大，请检查。"),
            "max_decimal_places": _("写到一位小数就行。"),
        },
    )


def yes_no(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """A question that must be answered; neither answer is chosen beforehand."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=[("no", _("没有")), ("yes", _("有"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages=_unanswered(label),
    )


def _unanswered(label: Any) -> dict[str, Any]:
    """Names the question, because the summary on top of the page shows the sentence alone."""
    sentence = format_lazy(_("请选“{label}”。"), label=label)
    return {"required": sentence, "invalid_choice": sentence}


def one_of(label: Any, choices: Any, *, required: bool = True, select: bool = False, help_text: Any = "") -> Any:
    """One choice, as cards or as a list."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=required,
        help_text=help_text,
        widget=forms.Select if select else forms.RadioSelect,
        error_messages=_unanswered(label),
    )
