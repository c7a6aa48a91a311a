"""What a worker says about a department's value: what it should be, in the field of that value, and why."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..indicators import Indicator
from ..models import Worker
from .page import PageForm


class DisputeForm(PageForm):
    """The field begins empty, so that nobody sends back what already stands there."""

    def __init__(self, *args: Any, worker: Worker, indicator: Indicator, day: date, **kwargs: Any) -> None:
        super().__init__(*args, worker=worker, indicators=[indicator], day=day, unseen=[indicator.code], **kwargs)
        self.indicator = indicator
        self.fields[indicator.code].label = _("应当是什么")
        self.fields["nothing"] = forms.BooleanField(label=_("这一项不该有内容"), required=False)
        self.fields["reason"] = forms.CharField(
            label=_("为什么不对"),
            min_length=2,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("比如：去年已经结业，证书编号写错了一位。"),
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        typed = bool(set(self._fields_of(self.indicator)) & set(self.changed_data))
        if not typed and not cleaned.get("nothing"):
            self.add_error(self.indicator.code, _("请填写应当是什么，或者勾选“这一项不该有内容”。"))
        if typed and cleaned.get("nothing"):
            self.add_error("nothing", _("填了内容就不要勾选这一条。"))
        return cleaned

    def claimed(self) -> Any:
        """As `services.record` takes it; None for nothing."""
        return self.stated().get(self.indicator.code)
