"""What of a person the job market holds."""

from datetime import datetime

from django.db.models import Q

from workers.models import Worker
from workers.rights.registry import eraser, export, leave_out
from workers.services.standing import group_of

from .models import Application, Recommendation

export(
    "applications",
    Application,
    lambda person: Application.objects.filter(Q(worker__in=person.rows) | Q(applied_by=person.user)).order_by("pk"),
)
export(
    "recommendations",
    Recommendation,
    lambda person: Recommendation.objects.filter(worker__in=person.rows).order_by("pk"),
)
leave_out("jobs.vacancy", "招工信息是用人单位的；登记人、审核人都是经纪人或工作人员。")


@eraser
def forget_applications(worker: Worker, at: datetime) -> None:
    """Nothing obliges us to keep who applied or was recommended for what."""
    rows = group_of(worker)
    Application.objects.filter(worker__in=rows).delete()
    Recommendation.objects.filter(worker__in=rows).delete()
