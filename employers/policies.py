"""Who may register and verify employers."""

from typing import Any

from accounts.policies import is_broker, is_official

from .models import Employer


def may_register(user: Any, district: str) -> bool:
    """A broker or official of the employer's district."""
    return (is_broker(user) or is_official(user)) and user.covers(district)


def may_decide(user: Any, employer: Employer) -> bool:
    """An official in charge of the district."""
    return is_official(user) and user.covers(employer.district)
