"""What other pages show of housing: the worker's own place, and the queue's counts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from workers.models import Worker

from .enums import CLOSED, State
from .models import HousingApplication
from .words import HEADLINES


@dataclass(frozen=True)
class Summary:
    """One card: where the application stands and what the worker has to do, if anything."""

    title: str
    note: str
    url: str
    application: HousingApplication | None = None
    deadline: date | None = None
    waits_for_me: bool = False


def summary(worker: Worker) -> Summary | None:
    """The worker's newest application as a card; None for somebody who never began one."""
    newest = HousingApplication.objects.filter(worker=worker).order_by("-started_at", "-pk").first()
    if newest is None:
        return None
    if newest.state == State.DRAFT:
        return Summary(
            _("公租房申请没填完"), _("填到一半，已经保存"), reverse("housing:apply"), newest, waits_for_me=True
        )
    mine = newest.state in {State.DOCS_DUE, State.ALLOTTED}
    return Summary(
        str(HEADLINES[State(newest.state)]),
        _("公租房申请 {number}").format(number=newest.number),
        reverse("housing:mine"),
        newest,
        None if newest.state in CLOSED else newest.due_on,
        mine,
    )


def queue_counts(*, before: date | None = None) -> list[dict]:
    """For monitoring: applications by state and district (`state`, `division`, `number`), drafts left out."""
    rows = HousingApplication.objects.exclude(state=State.DRAFT)
    if before is not None:
        rows = rows.filter(submitted_at__date__lt=before)
    counted = rows.order_by().values("state", "division").annotate(number=Count("pk"))
    return list(counted.order_by("division", "state"))
