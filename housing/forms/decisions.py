"""What officials write when they decide; the cleaned data is what the service takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import Rule
from ..models import HousingApplication


def _words(label: Any, *, required: bool, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明。"), "max_length": _("最多写 1000 个字。")},
    )


class DecisionForm(forms.Form):
    """Base: every decision knows the application."""

    def __init__(self, *args: Any, application: HousingApplication, **kwargs: Any) -> None:
        self.application = application
        super().__init__(*args, **kwargs)


class NothingForm(DecisionForm):
    """Only yes."""


class NoteForm(DecisionForm):
    """A remark for the trail, if one is useful."""

    reason = _words(_("备注（选填）"), required=False, help_text=_("写进办理经过，申请人看不到。"))


class WordsForm(DecisionForm):
    """Words that a colleague will act on."""

    reason = _words(_("要复查什么"), required=True)


class PapersForm(DecisionForm):
    """Which papers must come again, and what else is missing."""

    text = _words(_("要补什么"), required=True, help_text=_("原样告诉申请人，写清楚哪一份、哪里不行。"))
    rejected = forms.TypedMultipleChoiceField(
        label=_("要重交的材料"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.application.documents.order_by("kind", "pk")
        self.fields["rejected"].choices = [(row.pk, row.get_kind_display()) for row in rows]


class RefusalForm(DecisionForm):
    """The condition, and why in writing; the article comes from the rules in force on the day of application."""

    rule = forms.ChoiceField(label=_("不符合的条件"), choices=[("", _("请选择")), *Rule.choices])
    text = _words(_("书面理由"), required=True, help_text=_("原样告诉申请人，写明核查到的事实。"))


class RevealForm(DecisionForm):
    """Why somebody wants to see a name and a number."""

    reason = forms.CharField(label=_("查看理由"), min_length=4, max_length=200, help_text=_("记入审计，申请人能看到。"))


class ConclusionForm(DecisionForm):
    """What came of an objection."""

    decision = _words(_("核查结论"), required=True)
