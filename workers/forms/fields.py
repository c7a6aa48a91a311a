"""One form field per column of an indicator, by its kind."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core import divisions
from core.models import Division

from ..derive import ABROAD
from ..indicators import Indicator, Kind
from ..models import Worker
from ..presentation import division_name
from ..ranges import RANGES

RADIO_UP_TO = 6
PICK = [("", "—")]
Choices = list[tuple[str, Any]]


def place_choices(day: date, worker: Worker) -> Choices:
    """The worker's own township first, then the city's districts, then other provinces and abroad."""
    provinces = Division.objects.filter(level=Division.Level.PROVINCE).order_by("code").values_list("code", "name")
    own = worker.hukou_division[:9]
    home = [(own, _("{place}（户籍所在乡镇）").format(place=division_name(own)))] if len(own) == 9 else []
    held = {worker.work_division, worker.residence_division, worker.hukou_division} - {"", own}
    districts = divisions.district_choices(day)
    known = {code for code, _name in districts} | {code for code, _name in provinces} | {ABROAD}
    other = [(code, division_name(code)) for code in sorted(held - known)]
    return [*PICK, *home, *other, (_("重庆市"), districts), (_("外省和境外"), [*provinces, (ABROAD, _("境外"))])]


def choice(label: Any, choices: Iterable, *, hint: str = "") -> forms.ChoiceField:
    """Big cards for a few choices, a drop-down for many."""
    rows = list(choices)
    few = len(rows) <= RADIO_UP_TO
    widget = forms.RadioSelect if few else forms.Select
    return forms.ChoiceField(
        label=label, choices=rows if few else [*PICK, *rows], required=False, widget=widget, help_text=hint
    )


def whole(label: Any, low: int, high: int, *, hint: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=low, max_value=high, required=False, help_text=hint)


def for_indicator(indicator: Indicator, worker: Worker, day: date) -> dict[str, forms.Field]:
    """The fields of one indicator by name; most have one, named like the indicator."""
    label, kind = indicator.label, indicator.kind
    if kind == Kind.CODE:
        fields = {indicator.code: choice(label, indicator.choices.choices)}
    elif kind == Kind.CODES:
        fields = {
            indicator.code: forms.MultipleChoiceField(
                label=label, choices=indicator.choices.choices, required=False, widget=forms.CheckboxSelectMultiple
            )
        }
    elif kind == Kind.COUNT:
        fields = {indicator.code: whole(label, *RANGES[indicator.column])}
    elif kind == Kind.MONEY:
        low, high = RANGES[indicator.column]
        fields = {indicator.code: whole(label, low // 100, high // 100)}
    elif kind == Kind.AREA:
        low, high = RANGES[indicator.column]
        fields = {
            indicator.code: forms.DecimalField(
                label=label, min_value=low, max_value=high, max_digits=5, decimal_places=1, required=False
            )
        }
    elif kind == Kind.DATE:
        fields = {indicator.code: forms.DateField(label=label, required=False)}
    elif kind == Kind.YES_NO:
        fields = {
            indicator.code: forms.TypedChoiceField(
                label=label,
                choices=[("1", _("有")), ("0", _("没有"))],
                coerce=lambda chosen: chosen == "1",
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        }
    elif kind == Kind.DIVISION:
        fields = {indicator.code: forms.ChoiceField(label=label, choices=place_choices(day, worker), required=False)}
    else:
        longest = Worker._meta.get_field(indicator.column).max_length
        hint = _("劳动合同或工牌上有，不知道可以不填") if indicator.code == "employer_uscc" else ""
        fields = {indicator.code: forms.CharField(label=label, max_length=longest, required=False, help_text=hint)}
    return fields


def initial_of(indicator: Indicator, worker: Worker) -> dict[str, Any]:
    """What the fields show first: the held value, money in yuan."""
    value = getattr(worker, indicator.column)
    if indicator.kind == Kind.MONEY and value is not None:
        value = value // 100
    return {indicator.code: value}
