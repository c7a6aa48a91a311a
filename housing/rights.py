"""What of a person public rental housing holds."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from core import parameters
from core.calendar import local_day
from workers.models import Worker
from workers.rights.registry import Hold, Person, export, hold, looks
from workers.services.standing import group_of

from .enums import CLOSED, State
from .models import Document, HouseholdMember, HousingApplication, Objection, Reminder


def _applications(person: Person) -> QuerySet:
    return HousingApplication.objects.filter(worker__in=person.rows)


export("housing_applications", HousingApplication, lambda person: _applications(person).order_by("pk"))
export(
    "housing_documents",
    Document,
    lambda person: Document.objects.filter(application__in=_applications(person)).order_by("pk"),
)
export(
    "housing_household",
    HouseholdMember,
    lambda person: HouseholdMember.objects.filter(application__in=_applications(person)).order_by("pk"),
)
# Objections of others against one's application are theirs; one's own against others' are here.
export("housing_objections", Objection, lambda person: Objection.objects.filter(raised_by=person.user).order_by("pk"))
export("housing_reminders", Reminder, lambda person: Reminder.objects.filter(worker__in=person.rows).order_by("pk"))
looks(
    "housing.housingapplication",
    {"read_paper": lazy("查看了公租房申请的材料"), "reveal": lazy("查看了公租房申请里家庭成员的完整姓名和身份证号")},
    lambda person: [str(pk) for pk in _applications(person).values_list("pk", flat=True)],
)


@hold
def applications_stay(worker: Worker, at: datetime) -> list[Hold]:
    """While an application runs or a flat is held, and for as long after as files are kept."""
    years = parameters.get("workers.erasure_keep_years", on=local_day(at)).number
    found = []
    for row in HousingApplication.objects.filter(worker__in=group_of(worker)).order_by("pk"):
        if row.state == State.DRAFT:
            reason = _("你有一份没交的公租房申请草稿，请先删除草稿。")
            found.append(Hold(reason, url=reverse("housing:apply"), link=_("打开草稿，去删除")))
            continue
        if row.state not in CLOSED:
            reason = _("你的公租房申请 {number} 还在办理或轮候。")
        else:
            reason = _("公租房申请 {number} 的案卷须保存 {n} 年，之后由档案部门处置。")
        found.append(
            Hold(
                reason.format(number=row.number, n=years),
                url=reverse("housing:application", args=[row.number]),
                link=_("看公租房申请 {number}").format(number=row.number),
            )
        )
    return found
