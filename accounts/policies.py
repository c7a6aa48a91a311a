"""Who somebody is. Matters ask these instead of comparing roles."""

from typing import Any

from core.divisions import CITY_PREFIX

from .enums import Role


def _is(user: Any, role: Role) -> bool:
    return bool(user and user.is_authenticated and user.is_active and user.role == role)


def is_worker(user: Any) -> bool:
    return _is(user, Role.WORKER)


def is_broker(user: Any) -> bool:
    return _is(user, Role.BROKER)


def is_official(user: Any) -> bool:
    return _is(user, Role.OFFICIAL) and user.is_staff


def is_auditor(user: Any) -> bool:
    return _is(user, Role.AUDITOR) and user.is_staff


def has_the_city(user: Any) -> bool:
    """Whether somebody's jurisdiction is the whole city, whatever they do there."""
    return CITY_PREFIX in user.jurisdiction_prefixes()


def is_city_official(user: Any) -> bool:
    """An official in charge of the whole city."""
    return is_official(user) and has_the_city(user)


def official_covers(user: Any, division_code: str) -> bool:
    """An official whose jurisdiction holds the division."""
    return is_official(user) and user.covers(division_code)


def is_staff(user: Any) -> bool:
    """An official or auditor: somebody of the desk."""
    return is_official(user) or is_auditor(user)


def may_manage_people(user: Any) -> bool:
    """Creating and closing accounts of officials and brokers is the city's."""
    return is_city_official(user)


def may_decide_recovery(user: Any, request: Any) -> bool:
    """An official of the district that the person named; whoever proposed the new number leaves the rest to another."""
    return official_covers(user, request.district_id) and user.pk != request.proposed_by_id


def may_read_trail(user: Any) -> bool:
    """The whole audit trail is for auditors and the city."""
    return is_auditor(user) or is_city_official(user)


def may_keep_kernel(user: Any) -> bool:
    """The work calendar, policy parameters and divisions are the city's."""
    return is_city_official(user)
