"""What officials fill in when they decide about a worker's dispute or request."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import Source


def _why(label: Any, *, required: bool, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 28}),
        help_text=hint,
    )


class TakeForm(forms.Form):
    reason = _why(_("说明（选填）"), required=False, hint=_("本人能看到。"))


class RefuseForm(forms.Form):
    reason = _why(_("不采纳的理由"), required=True, hint=_("会告诉本人，请写清依据；系统会同时告诉他还可以怎么办。"))


class PassOnForm(forms.Form):
    department = forms.TypedChoiceField(label=_("转交给"), coerce=lambda value: Source(int(value)))
    reason = _why(_("转交的理由"), required=True, hint=_("本人能看到，不要写姓名、号码。"))

    def __init__(self, *args: Any, department: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(int(one), one.label) for one in Source if one.is_department and one != department]
        self.fields["department"].choices = [("", _("请选择")), *others]


class EndMandateForm(forms.Form):
    reason = _why(_("理由"), required=True, hint=_("会告诉本人和经纪人，不要写姓名、号码。"))


class ErasureForm(forms.Form):
    reason = _why(_("理由"), required=True, hint=_("不要写姓名、号码：理由会留在审计记录里。"))
