"""Who may do what in the wages matter. Auditors see that cases exist and who did what; they read and decide nothing."""

from datetime import datetime
from typing import Any

from accounts import policies as who
from places.policies import place_of
from workers.enums import MandateScope
from workers.models import Worker
from workers.policies import may_act_for

from . import ladder
from .enums import Level
from .models import Approval, Case, Intake, WageCode


def may_decide(user: Any, case: Case) -> bool:
    """An official of the place who did not have to step aside (监察条例 art. 13, 16).

    A case that went up to the city is the city's to decide, and there not for whoever recorded what never came.
    """
    if not who.official_covers(user, case.seat) or is_recused(user, case):
        return False
    return case.level == Level.DISTRICT or (who.has_the_city(user) and not is_shut_out(user, case))


def is_shut_out(user: Any, case: Case) -> bool:
    """Whether this official recorded a payment that the person did not get, so that another one must decide."""
    return case.reopenings.filter(shut_out=user).exists()


def may_help(user: Any, case: Case) -> bool:
    """An official of the office outside that the case was handed to, for as long as it is open there."""
    there = case.outside_id is not None and case.closed_at is None and place_of(user) == case.outside_id
    return there and not is_recused(user, case)


def may_read(user: Any, case: Case) -> bool:
    """What the complainant said, letters and evidence: for the office of the place and who helps it, unless they have
    stepped aside."""
    return (who.official_covers(user, case.seat) and not is_recused(user, case)) or may_help(user, case)


def may_search_by_phone(user: Any) -> bool:
    """Whose number has cases is personal too."""
    return who.is_official(user)


def typed_it(user: Any, case: Case) -> bool:
    """Whether this official wrote the complaint down for its complainant."""
    return Intake.objects.filter(case=case, entered_by=user.pk).exists()


def may_take_up(user: Any, case: Case) -> bool:
    """Accept or refuse: not who typed the complaint, as long as somebody else of the place or the city could.

    The law asks for one official here (实施规定 art. 18). But who writes down what somebody said and then finds it
    sufficient, or not, is the only witness of both; the house signs such things twice.
    """
    if not typed_it(user, case):
        return True
    aside = set(case.recusals.values_list("official", flat=True))
    others = {official.pk for official in [*ladder.of_the_place(case), *ladder.city()]}
    return not others - aside - {user.pk}


def may_type_for(user: Any, client: Worker | None, *, at: datetime) -> bool:
    """An official for whoever calls or comes, for any district (首问负责); a broker under a live mandate for wages."""
    if client is None:
        return who.is_official(user)
    return may_act_for(user, client, MandateScope.WAGES, at=at)


def is_recused(user: Any, case: Case) -> bool:
    return case.recusals.filter(official=user).exists()


def may_inspect(user: Any, case: Case) -> bool:
    """One of the case's two inspectors must still be able to act: in charge of the place, and not stepped aside."""
    return may_decide(user, case)


def inspectors(case: Case) -> list[Any]:
    """Those of the case's two inspectors who may act: the handler and the other one (监察条例 art. 16)."""
    named = {user.pk: user for user in (case.assignee, case.second_inspector) if user is not None}
    return [user for user in named.values() if may_inspect(user, case)]


def may_approve(user: Any, approval: Approval) -> bool:
    """Another official of the place than the one who proposed it."""
    return user.pk != approval.proposed_by_id and may_decide(user, approval.case)


def may_be_assigned(user: Any, case: Case) -> bool:
    """A case goes to somebody who could decide it."""
    return may_decide(user, case)


def may_reveal(user: Any, case: Case) -> bool:
    """Whoever handles the case, or helps with it, may ask for the phone number, with a reason."""
    return may_read(user, case)


def may_issue_code(user: Any, division: str) -> bool:
    return who.official_covers(user, division)


def may_revoke_code(user: Any, code: WageCode) -> bool:
    return who.official_covers(user, code.division)


def is_complainant(user: Any, case: Case) -> bool:
    """The signed-in account that the case belongs to, unless its phone number is in doubt."""
    if not who.is_worker(user) or user.held_since is not None:
        return False
    return case.user_id == user.pk or Case.objects.of_account(user).filter(pk=case.pk).exists()
