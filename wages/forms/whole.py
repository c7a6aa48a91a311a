"""All questions of a complaint on one page, for who types it while somebody speaks. The questions are the same ones."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.phone import PhoneField

from ..enums import Channel
from ..marks import read_wage_code
from ..models import Draft, WageCode


class CodeHead(forms.Form):
    """What stands above the questions."""

    code = forms.CharField(
        label=_("渝薪码"), max_length=20, required=False, help_text=_("有就填，例如 JJ-2087：单位和地点不用再填。")
    )

    def clean_code(self) -> WageCode | None:
        typed = self.cleaned_data["code"]
        if not typed:
            return None
        active = WageCode.objects.active().select_related("employer", "project")
        found = active.filter(code=read_wage_code(typed) or "").first()
        if found is None:
            raise forms.ValidationError(_("没有这个渝薪码，请核对，或者空着。"))
        return found


class OfficialsHead(CodeHead):
    channel = forms.ChoiceField(
        label=_("怎么来的"),
        choices=[(Channel.PHONE, Channel.PHONE.label), (Channel.WINDOW, Channel.WINDOW.label)],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个。")},
    )
    phone = PhoneField(label=_("投诉人的手机号"), help_text=_("收验证码和办理结果，请他念两遍。"))


class Whole:
    """The head, and the questions in their order; those that a wage code answers are not asked."""

    def __init__(
        self, head: type[CodeHead], parts: list[Any], *, today: date, data: Any = None, draft: Draft | None = None
    ) -> None:
        self.head = head(data, initial=_head_of(draft))
        self.steps, self.forms = parts, []
        for step in parts:
            form = step.form(data, today=today, initial=step.form.initial_from(draft or Draft()))
            form.label_suffix = ""
            self.forms.append(form)
        self.head.label_suffix = ""
        self._trim()

    def _trim(self) -> None:
        """One address of the employer is enough, and files are added to the case."""
        for step, form in zip(self.steps, self.forms, strict=True):
            if step.slug == "details":
                form.fields.pop("employer_address", None)
            form.fields.pop("files", None)

    @property
    def code(self) -> WageCode | None:
        return self.head.cleaned_data.get("code")

    def _asked(self) -> Iterator[tuple[Any, forms.Form]]:
        known = {"field", "where"} if self.code else set()
        return ((step, form) for step, form in zip(self.steps, self.forms, strict=True) if step.slug not in known)

    def is_valid(self) -> bool:
        """Every part is judged, so that all errors are said at once."""
        good = self.head.is_valid()
        return all([good, *(form.is_valid() for _step, form in self._asked())])

    def answers(self) -> list[tuple[str, dict]]:
        return [(step.slug, form.values()) for step, form in self._asked()]


def _head_of(draft: Draft | None) -> dict:
    if draft is None:
        return {"channel": Channel.PHONE}
    return {
        "channel": draft.channel,
        "code": draft.wage_code.code if draft.wage_code else "",
        "phone": draft.phone.open() if draft.phone else "",
    }
