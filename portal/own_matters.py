"""What concerns the signed-in worker, gathered from every matter for the first page and 我的."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from housing.summary import summary as housing_summary
from jobs.models import Recommendation
from wages.models import Case
from workers.completeness import completeness
from workers.models import Worker

SHOWN_AT_MOST = 3


def worker_of(user: Any) -> Worker | None:
    """The person's row of the registry; None before they first named themselves."""
    return Worker.objects.visible_to(user).select_related("intent").first()


def profile(worker: Worker | None) -> dict[str, int] | None:
    """How much of the 65 indicators is known."""
    if worker is None:
        return None
    groups = completeness(worker)
    return {"known": sum(group.known for group in groups), "total": sum(group.total for group in groups)}


def waiting(user: Any, worker: Worker | None) -> list[dict[str, Any]]:
    """Cards {title, url, note, deadline}: offers to answer, open cases, the housing application."""
    return [*_offers(user), *_cases(user), *_housing(worker)]


def _offers(user: Any) -> list[dict[str, Any]]:
    """Recommendations that wait for the person's yes or no."""
    rows = Recommendation.objects.visible_to(user).open().select_related("vacancy", "broker")
    note = _("{broker}推荐给你的，愿不愿意都点一下")
    return [
        {
            "title": row.vacancy.title,
            "url": reverse("jobs:mine"),
            "note": note.format(broker=row.broker.display_name),
            "deadline": row.answer_by,
        }
        for row in rows.order_by("answer_by", "pk")[:SHOWN_AT_MOST]
    ]


def _cases(user: Any) -> list[dict[str, Any]]:
    """The person's open wage cases with the office's latest legal day."""
    return [
        {
            "title": _("投诉 {number}").format(number=row.number),
            "url": reverse("wages:case", args=[row.number]),
            "note": row.get_state_display(),
            "deadline": row.due_on,
        }
        for row in Case.objects.visible_to(user).open().by_deadline()[:SHOWN_AT_MOST]
    ]


def _housing(worker: Worker | None) -> list[dict[str, Any]]:
    card = housing_summary(worker) if worker else None
    return [{"title": card.title, "url": card.url, "note": card.note, "deadline": card.deadline}] if card else []
