"""Who may build, publish and withdraw the city's report."""

from typing import Any

from accounts.policies import is_city_official

from .models import Report


def may_build(user: Any) -> bool:
    return is_city_official(user)


def may_publish(user: Any) -> bool:
    """Officials in charge of the whole city: a report speaks for all districts at once."""
    return is_city_official(user)


def is_another(user: Any, report: Report) -> bool:
    """Maker ≠ checker: whoever had the figures built does not put them before the public."""
    return report.built_by_id != user.pk


def may_withdraw(user: Any) -> bool:
    return is_city_official(user)
