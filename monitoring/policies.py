"""Who may build, publish and withdraw the city's report."""

from typing import Any

from accounts.policies import is_city_official

from .models import Report


def may_build(user: Any) -> bool:
    return is_city_official(user)


def may_publish(user: Any, report: Report) -> bool:
    """Officials in charge of the whole city: a report speaks for all districts at once."""
    return is_city_official(user)


def may_withdraw(user: Any, report: Report) -> bool:
    return is_city_official(user)
