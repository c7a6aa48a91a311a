"""Searching the directory, the position of a phone, and what officials write down about a place."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.divisions import CITY, district_choices
from core.models import Division

from .enums import Kind
from .models import Place
from .services import KEPT, ONCE


def province_choices(*, except_ours: bool = True) -> list[tuple[str, str]]:
    rows = Division.objects.filter(level=Division.Level.PROVINCE).order_by("code").values_list("code", "name")
    return [(code, name) for code, name in rows if not (except_ours and code == "50")]


class SearchForm(forms.Form):
    """Everything is optional; the address keeps what was chosen."""

    q = forms.CharField(label=_("名称、街道、要办的事"), max_length=40, required=False)
    district = forms.ChoiceField(label=_("重庆区县"), required=False)
    province = forms.ChoiceField(label=_("在外省？选省份"), required=False)
    kind = forms.ChoiceField(label=_("要办什么"), required=False)

    def __init__(self, *args: Any, today: date, provinces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].choices = [("", _("不限")), *district_choices(today)]
        self.fields["province"].choices = [("", _("不限")), *provinces]
        self.fields["kind"].choices = [("", _("不限")), *Kind.choices]

    def chosen(self) -> dict[str, str]:
        """What is understood of an address; a field that makes no sense is left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class PositionForm(forms.Form):
    """The phone's position, asked for by a tap, posted once, never in an address and never kept."""

    latitude = forms.FloatField(min_value=-90, max_value=90)
    longitude = forms.FloatField(min_value=-180, max_value=180)


class PlaceForm(forms.ModelForm):
    """One line of the directory; kind and place of a known line stay what they are."""

    class Meta:
        model = Place
        fields = [*ONCE, *KEPT]
        widgets = {
            "note": forms.Textarea(attrs={"rows": 2, "cols": 60}),
            "source": forms.Textarea(attrs={"rows": 2, "cols": 60}),
            "valid_from": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "valid_to": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def __init__(self, *args: Any, today: date, may_keep: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        if self.instance.pk:
            for name in ONCE:
                del self.fields[name]
            return
        whole = [(CITY, _("重庆市（全市）")), *district_choices(today), *province_choices()]
        self.fields["division"] = forms.ChoiceField(
            label=_("所在地"), choices=[("", _("请选择")), *((code, name) for code, name in whole if may_keep(code))]
        )

    def _post_clean(self) -> None:
        """The service checks the line as a whole; the instance on the page must not change under it."""


class PostForm(forms.Form):
    username = forms.CharField(
        label=_("用户名"),
        max_length=40,
        help_text=_("没有管辖区县的工作人员账户。到岗后只看得到移交给这个办事处的案件。"),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("不采用的理由"), max_length=200, required=False)
