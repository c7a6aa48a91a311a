"""The case's workflow as one table; `core.transitions.move` walks it."""

from core.transitions import Flow

from .enums import OPEN, CaseState

_BEFORE = (CaseState.SUBMITTED, CaseState.SUPPLEMENT)
_WORKING = (CaseState.ACCEPTED, CaseState.INVESTIGATING)
_UNPAID = (*_WORKING, CaseState.ORDERED, CaseState.DECISION, CaseState.ENFORCEMENT)

# Until an office has put its name to an order, another office of the city may take the case as it is.
MOVABLE = (*_BEFORE, *_WORKING)

# Where “I did not get it” begins the investigation again; elsewhere the case is under way or another authority's.
REOPENED = (CaseState.PAID, CaseState.SETTLED, CaseState.REVOKED)

CASE_FLOW = Flow(
    accept=(_BEFORE, CaseState.ACCEPTED),
    request_supplement=([CaseState.SUBMITTED], CaseState.SUPPLEMENT),
    supply=([CaseState.SUPPLEMENT], CaseState.SUBMITTED),
    transfer=(_BEFORE, CaseState.TRANSFERRED),
    come_back=([CaseState.TRANSFERRED], CaseState.SUBMITTED),
    refuse=(_BEFORE, CaseState.NOT_ACCEPTED),
    investigate=([CaseState.ACCEPTED], CaseState.INVESTIGATING),
    order=([CaseState.INVESTIGATING], CaseState.ORDERED),
    decide=([CaseState.INVESTIGATING, CaseState.ORDERED], CaseState.DECISION),
    enforce=([CaseState.DECISION], CaseState.ENFORCEMENT),
    all_paid=(_UNPAID, CaseState.PAID),
    not_all_paid=([CaseState.PAID], CaseState.INVESTIGATING),
    reopen=(REOPENED, CaseState.INVESTIGATING),
    settle=([CaseState.PAID], CaseState.SETTLED),
    close_unfounded=([CaseState.INVESTIGATING], CaseState.UNFOUNDED),
    close_project_dispute=(_WORKING, CaseState.PROJECT_DISPUTE),
    revoke=([*_WORKING, CaseState.ORDERED], CaseState.REVOKED),
    refer_arbitration=(MOVABLE, CaseState.ARBITRATION),
    refer_police=([CaseState.ORDERED, CaseState.DECISION], CaseState.POLICE),
    join=(MOVABLE, CaseState.JOINED),
    take_back=([CaseState.ARBITRATION, CaseState.POLICE], CaseState.INVESTIGATING),
    take_back_filed=([CaseState.ARBITRATION], CaseState.ACCEPTED),
    take_back_unfiled=([CaseState.ARBITRATION], CaseState.SUBMITTED),
    withdraw=(OPEN, CaseState.WITHDRAWN),
)
