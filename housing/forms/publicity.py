"""Forms with one box of text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why; the caller says whether it must be given."""

    reason = forms.CharField(
        label=_("原因"),
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": _("请写明原因。"), "max_length": _("最多写 1000 个字。")},
    )

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required


class ObjectionForm(forms.Form):
    """What is wrong with a publicised application."""

    text = forms.CharField(
        label=_("哪里不符合"),
        help_text=_("写清楚你知道的事实。你的姓名只有核查人员看得到。"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea,
        error_messages={
            "required": _("请写明哪里不符合。"),
            "min_length": _("请写得具体一些，至少 10 个字。"),
            "max_length": _("最多写 1000 个字。"),
        },
    )
