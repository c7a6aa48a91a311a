"""What people type about employers: officials the whole licence, everybody else its code."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import divisions

from . import policies, rules
from .models import Employer

TYPED_AT_MOST = 30


class EmployerByCode(forms.CharField):
    """An employer, found by its code: a list of all of the city's employers would be no list.

    `queryset` is what the person may see; the form sets it.
    """

    queryset: Any = None

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("用人单位的统一社会信用代码"))
        options.setdefault("help_text", gettext_lazy("营业执照上的 18 位代码。"))
        # Spaces and dashes are forgiven, so the typed text may be longer than the code.
        super().__init__(max_length=TYPED_AT_MOST, **options)
        self.widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}

    def clean(self, value: Any) -> Employer | None:
        code = rules.normalised_uscc(super().clean(value))
        if not code:
            return None
        if not rules.uscc_is_valid(code):
            raise forms.ValidationError(_("统一社会信用代码不对，请照营业执照核对 18 位代码。"))
        found = self.queryset.filter(uscc=code).first()
        if found is None:
            raise forms.ValidationError(_("登记库里没有这个代码。请核对执照，或请单位所在区县的工作人员先登记它。"))
        return found


class EmployerForm(forms.ModelForm):
    """A new employer, as its business licence states it."""

    district = forms.ChoiceField(label=gettext_lazy("所在区县"))

    class Meta:
        model = Employer
        fields = ["uscc", "name", "legal_representative", "principal_title", "industry", "district", "address", "phone"]
        help_texts = {"uscc": gettext_lazy("营业执照上的 18 位代码")}

    def __init__(self, *args: Any, user: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].choices = [
            (code, name) for code, name in divisions.district_choices(today) if policies.may_register(user, code)
        ]
        self.fields["uscc"].max_length = self.fields["uscc"].widget.attrs["maxlength"] = TYPED_AT_MOST

    def clean_uscc(self) -> str:
        code = rules.normalised_uscc(self.cleaned_data["uscc"])
        if not rules.uscc_is_valid(code):
            raise forms.ValidationError(_("统一社会信用代码不对，请照营业执照核对 18 位代码。"))
        return code


class DecisionForm(forms.Form):
    """The reason of a refusal; verifying needs none."""

    reason = forms.CharField(
        label=gettext_lazy("未通过的原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 28}),
        help_text=gettext_lazy("登记人会看到这段话。"),
    )
