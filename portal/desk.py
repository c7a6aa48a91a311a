"""The officials' first screen, put together from the matters: six numbers and the work by deadline."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import RecoveryRequest
from accounts.policies import is_official
from core import ui
from core.calendar import local_day, workdays_between
from employers.models import Employer
from housing import desk as housing_desk
from jobs.models import Vacancy
from sites import kpi
from sites.enums import Level
from sites.models import Alert
from wages import desk
from workers import desk as registry_desk

FLATS_SHOWN = 20


def context(user: Any) -> dict:
    """What the index template shows."""
    at = timezone.now()
    return {
        "tiles": _tiles(desk.numbers(user, at=at)),
        "prevention": kpi.tiles(user, at=at),
        "work": desk.work(user, at=at),
        "to_sign": desk.to_sign(user) if is_official(user) else [],
        "flats": housing_desk.work(user, at=at, limit=FLATS_SHOWN),
        "waiting": [*_waiting(user), *_of_the_registry(user, local_day(at))],
    }


def _waiting(user: Any) -> list[dict]:
    """What else waits for a decision, by list, oldest first there; lists with nothing waiting are left out."""
    lists = [
        (Vacancy.objects.visible_to(user).waiting(), _("岗位待审核"), "admin:jobs_vacancy_changelist"),
        (
            Employer.objects.visible_to(user).waiting(),
            _("单位待核验"),
            "admin:employers_employer_changelist",
        ),
        (
            Alert.objects.visible_to(user).open().filter(level=Level.RED),
            _("红色工资预警没办结"),
            "admin:sites_alert_changelist",
        ),
        (
            RecoveryRequest.objects.waiting_for(user),
            _("换号申请待办"),
            "admin:accounts_recoveryrequest_changelist",
        ),
    ]
    counted = [(rows.count(), word, reverse(name)) for rows, word, name in lists]
    return [{"number": number, "word": word, "url": url} for number, word, url in counted if number]


def _of_the_registry(user: Any, today: date) -> list[dict]:
    """The registry's own lists, with the nearest deadline where there is one."""
    return [
        {
            "number": f"{one.number:,}" if one.exact else _("约 {n}").format(n=f"{one.number:,}"),
            "word": one.word,
            "url": reverse(one.list) + one.query,
            "due": ui.due(workdays_between(today, one.nearest)) if one.nearest else None,
        }
        for one in registry_desk.waiting(user)
    ]


def _tiles(figures: desk.Numbers) -> list[dict]:
    """Each number leads to the list that it counts."""
    cases = reverse("admin:wages_case_changelist")
    on_time = "—" if figures.on_time is None else f"{figures.on_time}%"
    days = "—" if figures.days is None else _("{n} 天").format(n=figures.days)
    rows = [
        (figures.open, _("在办"), "?due=open", ""),
        (figures.today, _("今日到期"), "?due=today", "danger" if figures.today else ""),
        (figures.overdue, _("超期"), "?due=overdue", "danger" if figures.overdue else ""),
        (on_time, _("按期办结率（目标 {n}%）").format(n=figures.target), "?due=closed", ""),
        (days, _("平均办理"), "?due=closed", ""),
        (figures.unassigned, _("未分派"), "?handler=none", ""),
    ]
    return [
        {"number": number, "label": label, "url": f"{cases}{query}", "tone": tone}
        for number, label, query, tone in rows
    ]
