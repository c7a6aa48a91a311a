"""Who may do what in prevention."""

from typing import Any

from accounts.policies import is_auditor, is_city_official, is_official, official_covers
from employers.models import Project

from .models import Alert, PayrollFile, WatchRule


def may_record(user: Any, project: Project) -> bool:
    """An official of the place; None is the server's own command line and demonstration."""
    return user is None or official_covers(user, project.division)


def may_import(user: Any, batch: PayrollFile | None) -> bool:
    """An official; rows of projects of other places go back. A file on its way is its sender's and the city's."""
    if user is None or is_city_official(user):
        return True
    return is_official(user) and (batch is None or batch.uploaded_by_id == user.pk)


def may_see_files(user: Any) -> bool:
    return is_official(user) or is_auditor(user)


def may_handle(user: Any, alert: Alert) -> bool:
    """An official of the project's place."""
    return official_covers(user, alert.project.division)


def may_change_rules(user: Any) -> bool:
    """What counts as an alert is the city's decision."""
    return is_city_official(user)


def may_confirm(user: Any, rule: WatchRule) -> bool:
    """Another official of the city than the one who proposed."""
    return is_city_official(user) and rule.proposed_by_id not in (None, user.pk)
