"""The four shares of 渝府办发〔2025〕38号 that prevention answers for, counted beside their targets.

存储率 and 专户 are counted from facts, 实名制 and 代发 from the files of a month: typing them would prove nothing. What
share of leads is closed in time is counted by the wages, and stands beside on the officials' first screen.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from accounts.policies import has_the_city
from core import parameters
from core.calendar import local_day
from core.divisions import CITY_PREFIX

from .enums import EXEMPT, Teller
from .watch.months import before

_SHARES = """
SELECT count(*),
    count(*) FILTER (WHERE EXISTS (
        SELECT FROM sites_fact f WHERE f.project_id = p.id AND f.withdrawn_at IS NULL
            AND (f.kind = 'bond' OR (f.kind = 'bond_terms' AND f.terms = ANY(%(exempt)s)))
    )),
    count(*) FILTER (WHERE EXISTS (
        SELECT FROM sites_fact f WHERE f.project_id = p.id AND f.withdrawn_at IS NULL AND f.kind = 'account'
    )),
    count(*) FILTER (WHERE EXISTS (
        SELECT FROM sites_attendanceline l WHERE l.month = %(month)s AND l.project_id = p.id
    )),
    count(*) FILTER (WHERE EXISTS (
        SELECT FROM sites_payrollline l WHERE l.month = %(month)s AND l.project_id = p.id AND l.teller = %(bank)s
    ))
FROM employers_project p
WHERE p.division LIKE ANY(%(places)s)
    AND coalesce(p.starts_on, p.registered_at::date) < %(month)s::date + interval '1 month'
    AND (p.ends_on IS NULL OR p.ends_on >= %(month)s)
    AND NOT EXISTS (
        SELECT FROM sites_fact f
        WHERE f.project_id = p.id AND f.kind = 'completed' AND f.withdrawn_at IS NULL AND f.day < %(month)s
    )
"""


@dataclass(frozen=True)
class Share:
    """So many of so many projects, beside the target in per cent."""

    key: str
    label: str
    done: int
    total: int
    target: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.done / self.total, 1) if self.total else None

    @property
    def misses(self) -> bool:
        return self.percent is not None and self.percent < self.target


def month_counted(on: date) -> date:
    """The last month of whose wages every pay day has come."""
    return before(on.replace(day=1), 2)


def shares(user: Any, *, at: datetime) -> list[Share]:
    """Of the projects at work in the person's places, counted for the last whole month."""
    day = local_day(at)
    prefixes = [CITY_PREFIX] if has_the_city(user) else list(user.jurisdiction_prefixes())
    asked = {
        "month": month_counted(day),
        "exempt": [str(terms) for terms in EXEMPT],
        "bank": int(Teller.BANK),
        "places": [f"{prefix}%" for prefix in prefixes],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SHARES, asked)
        total, *done = cursor.fetchone()
    labels = {
        "bond": _("保证金存储率"),
        "account": _("专户运行率"),
        "real_name": _("实名制运行率"),
        "paid_by": _("总包代发运行率"),
    }
    targets = parameters.get_many("sites.target_", on=day)
    return [
        Share(key, label, number, total, targets[f"sites.target_{key}"].number)
        for (key, label), number in zip(labels.items(), done, strict=True)
    ]


def tiles(user: Any, *, at: datetime) -> list[dict[str, Any]]:
    """The shares as tiles of an officials' page."""
    return [
        {
            "number": "—" if share.percent is None else f"{share.percent:g}%",
            "label": _("{what}（目标 {n}%）· {done}/{total} 个工程").format(
                what=share.label, n=share.target, done=share.done, total=share.total
            ),
            "tone": "danger" if share.misses else "",
        }
        for share in shares(user, at=at)
    ]
