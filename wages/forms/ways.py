"""What is asked when an office outside helps, and when another department has answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.calendar import local_day
from places.models import Place, Post

from ..enums import AnswerState
from .decisions import REQUIRED, DecisionForm


def _words(label: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4, "cols": 60})
    return forms.CharField(label=label, max_length=2000, widget=area, error_messages=REQUIRED)


class AskOutside(DecisionForm):
    place = forms.ModelChoiceField(
        label=_("请哪个市外办事处协助"),
        queryset=Place.objects.none(),
        help_text=_("案件仍由你处负责，编号和期限不变；办事处看得到案件，办完交回。"),
    )
    note = _words(_("请它办什么"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staffed = Post.objects.on(self.today).filter(user__is_active=True).values("place")
        self.fields["place"].queryset = Place.objects.open_on(self.today).outside().filter(pk__in=staffed)


class HandBack(DecisionForm):
    report = _words(_("报告：办了什么，查到什么"))


class CallBack(DecisionForm):
    note = forms.CharField(label=_("收回的理由"), max_length=200, error_messages=REQUIRED)


class TransferAnswer(DecisionForm):
    outcome = forms.ChoiceField(label=_("对方怎么答复"), choices=[("", _("请选择")), *AnswerState.said()])
    answer = _words(_("答复内容（投诉人会看到）"))
    answered_on = forms.DateField(
        label=_("答复日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def clean(self) -> dict:
        sent = self.case.transferrals.order_by("-pk").first()
        day = self.cleaned_data.get("answered_on")
        if sent and day and day < local_day(sent.sent_at):
            self.add_error("answered_on", _("答复日期不能早于转送。"))
        return self.cleaned_data
