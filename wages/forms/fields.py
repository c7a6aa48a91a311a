"""Money as people type it, months as people pick them, several files at once."""

import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_YUAN = 100_000_000


class YuanField(forms.CharField):
    """“12,600”, “12600元” or “1.26万” as 分."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"max_length": 20, "widget": widget, **kwargs})
        self.error_messages["required"] = _("请填写金额，大概数也可以。")

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        text = unicodedata.normalize("NFKC", typed).replace(",", "").replace("，", "").replace(" ", "")
        text = text.removeprefix("¥").removesuffix("元")
        scale = 10_000 if text.endswith("万") else 1
        try:
            yuan = Decimal(text.removesuffix("万")) * scale
        except InvalidOperation as error:
            raise forms.ValidationError(_("请用数字写金额，例如 12600。")) from error
        if not yuan.is_finite() or not 0 < yuan <= MOST_YUAN:
            raise forms.ValidationError(_("金额应大于 0，不超过 1 亿元。"))
        return int((yuan * 100).quantize(Decimal(1)))

    def prepare_value(self, value: Any) -> Any:
        """Stored 分 are shown as 元; what a person typed comes back as typed."""
        return f"{value / 100:g}" if isinstance(value, int) and value % 100 else self._whole(value)

    @staticmethod
    def _whole(value: Any) -> Any:
        return str(value // 100) if isinstance(value, int) else value


def month_key(day: date) -> str:
    return f"{day.year}-{day.month:02}"


def month_of(key: str) -> date:
    year, month = key.split("-")
    return date(int(year), int(month), 1)


def months_back(today: date, count: int) -> list[date]:
    """The first days of this month and the ones before, newest first."""
    index = today.year * 12 + today.month - 1
    return [date((index - n) // 12, (index - n) % 12 + 1, 1) for n in range(count)]


def month_label(day: date) -> str:
    return _("{year} 年 {month} 月").format(year=day.year, month=day.month)


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list:
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(forms.Field):
    """Whatever was handed in; each file is judged on its own by `core.files`."""

    widget = FilesInput

    def clean(self, value: Any) -> list:
        return [upload for upload in value or [] if upload]
