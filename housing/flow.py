"""An application's workflow as one table; `core.transitions.move` walks it."""

from core.transitions import Flow

from .enums import RUNNING, State

APPLICATION_FLOW = Flow(
    submit=([State.DRAFT], State.SUBMITTED),
    submit_incomplete=([State.DRAFT], State.DOCS_DUE),
    complete=([State.DOCS_DUE], State.SUBMITTED),
    take_up=([State.SUBMITTED], State.PRELIMINARY_REVIEW),
    request_documents=([State.PRELIMINARY_REVIEW, State.FINAL_REVIEW], State.DOCS_DUE),
    resume=([State.DOCS_DUE], State.PRELIMINARY_REVIEW),
    pass_preliminary=([State.PRELIMINARY_REVIEW], State.FINAL_REVIEW),
    return_to_preliminary=([State.FINAL_REVIEW], State.PRELIMINARY_REVIEW),
    pass_final=([State.FINAL_REVIEW], State.PUBLICITY),
    recheck=([State.PUBLICITY], State.PRELIMINARY_REVIEW),
    enter_waiting=([State.PUBLICITY], State.WAITING),
    refuse=([State.PRELIMINARY_REVIEW, State.FINAL_REVIEW], State.REFUSED),
    lapse=([State.DOCS_DUE], State.LAPSED),
    withdraw=([*RUNNING, State.WAITING], State.WITHDRAWN),
    allot=([State.WAITING], State.ALLOTTED),
    confirm=([State.ALLOTTED], State.CONFIRMED),
    decline=([State.ALLOTTED], State.DECLINED),
    lease=([State.CONFIRMED], State.LEASED),
    leave=([State.LEASED], State.EXITED),
)
