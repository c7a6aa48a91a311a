"""The questions of a complaint in their order; those that the wage code answers are left out."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import forms
from .models import Draft


@dataclass(frozen=True)
class Step:
    """One page: its address, form and heading."""

    slug: str
    form: type[forms.complaint.StepForm]
    title: str | Promise
    lead: str | Promise = ""


FIELD = Step("field", forms.FieldForm, _("你在哪种地方干活？"))
WHERE = Step("where", forms.WhereForm, _("是哪个单位欠你的钱？"), _("知道多少写多少，单位不清楚也可以写工地名字。"))
OWED = Step("owed", forms.OwedForm, _("欠了多少工资？"))
WORK = Step("work", forms.WorkForm, _("什么时候在那里干活？"))
EVIDENCE = Step(
    "evidence",
    forms.EvidenceForm,
    _("有没有照片或别的证据？"),
    _("欠条、考勤、工资条、聊天记录、工地照片都可以。没有也能投诉，直接点“继续”。"),
)
YOU = Step("you", forms.YouForm, _("你是谁？"), _("举报的人一直保密。投诉的人可以选不让单位知道名字。"))
DETAILS = Step("details", forms.DetailsForm, _("更多情况"), _("都可以不填，填了能办得更快。"))

BY_CODE = (OWED, WORK, EVIDENCE, YOU)
WITHOUT_CODE = (FIELD, WHERE, *BY_CODE)
# Reached from the check page only.
OPTIONAL = (DETAILS,)
# After the questions come the check page and the code.
PAGES_AFTER = 2


def steps_of(draft: Draft) -> tuple[Step, ...]:
    return BY_CODE if draft.wage_code_id else WITHOUT_CODE


def find(draft: Draft, slug: str) -> Step | None:
    return next((step for step in (*steps_of(draft), *OPTIONAL) if step.slug == slug), None)


def first_open(draft: Draft) -> Step | None:
    """The first question without an answer; none when everything is answered."""
    return next((step for step in steps_of(draft) if step.slug not in draft.steps_done), None)


def after(draft: Draft, step: Step) -> Step | None:
    order = steps_of(draft)
    place = order.index(step) if step in order else len(order)
    return order[place + 1] if place + 1 < len(order) else None


def before(draft: Draft, step: Step) -> Step | None:
    order = steps_of(draft)
    place = order.index(step) if step in order else 0
    return order[place - 1] if place > 0 else None
