"""What every page of the workbench shows: the menu with its numbers, and people under their masks."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.policies import is_broker
from core.masking import age_band, mask_name
from workers.code_lists import EmploymentStatus
from workers.models import Mandate, Worker

from .. import cards
from ..candidates import Candidate, is_fresh
from ..models import Application, Recommendation, Vacancy
from ..scoring import STALE_DAYS

_LOOKING = {EmploymentStatus.REGISTERED_JOBLESS, EmploymentStatus.WANTS_WORK}


def only_brokers(request: HttpRequest) -> None:
    if not is_broker(request.user):
        raise PermissionDenied(_("工作台只给劳务经纪人使用。"))


def local_vacancies(user: Any, at: datetime):
    """Open vacancies of the broker's jurisdiction."""
    return Vacancy.objects.published(at).in_charge_of(user)


def counts(user: Any, at: datetime) -> dict[str, int]:
    """The numbers of the menu."""
    return {
        "vacancies": local_vacancies(user, at).count(),
        "answers": Recommendation.objects.visible_to(user).open().count(),
        "applications": Application.objects.visible_to(user).waiting().count(),
        "people": Mandate.objects.visible_to(user).live(at).count(),
    }


def menu(user: Any, at: datetime, here: str, numbers: dict[str, int] | None = None) -> list[dict[str, Any]]:
    """Entries of the side menu; `here` is the name of the page's entry."""
    numbers = numbers or counts(user, at)
    entries = [
        ("desk", _("今天"), None),
        ("broker_vacancies", _("岗位"), numbers["vacancies"]),
        ("answers", _("等答复"), numbers["answers"]),
        ("applications", _("报名"), numbers["applications"]),
        ("people", _("我的委托"), numbers["people"]),
        ("freshness", _("先问谁"), None),
        ("find", _("找人"), None),
        ("register", _("登记岗位"), None),
    ]
    return [
        {"word": word, "number": number, "url": reverse(f"jobs:{name}"), "here": name == here}
        for name, word, number in entries
    ]


def masked(worker: Worker) -> str:
    """张某某, or the number alone where no name is known."""
    return mask_name(worker.full_name) or _("未填姓名")


def about(worker: Worker, available_on: date | None, day: date) -> str:
    """40–44 岁 · 8 月后有空."""
    parts = [age_band(worker.birth_date, day)] if worker.birth_date else []
    if available_on is None or available_on <= day:
        parts.append(_("随时"))
    else:
        parts.append(_("{month} 月 {day} 日后有空").format(month=available_on.month, day=available_on.day))
    return " · ".join(parts)


def _known_tag(known_on: date | None, day: date) -> cards.Tag:
    if known_on is None:
        return {"word": _("信息未核实"), "tone": "warn"}
    days = (day - known_on).days
    if is_fresh(known_on, day):
        return {
            "word": _("信息今天核实") if days <= 0 else _("信息 {days} 天前核实").format(days=days),
            "tone": "neutral",
        }
    return {"word": _("信息 {days} 天没更新").format(days=days), "tone": "warn" if days > STALE_DAYS else "neutral"}


def candidate_line(candidate: Candidate, *, day: date, chosen: bool, placed: bool) -> dict[str, Any]:
    """Context of `_components/candidate.html`: what a broker may see of somebody who was not asked yet."""
    worker = candidate.worker
    tags = [_known_tag(candidate.facts.known_on, day)]
    if worker.employment_status in _LOOKING:
        tags.insert(0, {"word": _("求职中"), "tone": "ok"})
    elif worker.employment_status:
        tags.insert(0, {"word": str(worker.get_employment_status_display()), "tone": "neutral"})
    if placed:
        tags.insert(1, {"word": _("曾推荐成功"), "tone": "info"})
    return {
        "id": worker.pk,
        "name": masked(worker),
        "number": worker.worker_no,
        "about": about(worker, candidate.facts.available_on, day),
        "score": candidate.score.total,
        "tags": tags,
        "reasons": cards.why_text(candidate.score.words()),
        "chosen": chosen,
        "url": "",
    }
