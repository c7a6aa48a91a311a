"""How complete a profile is, group by group. Pure: a loaded worker in, counts and labels out."""

from dataclasses import dataclass, field

from .code_lists import EmploymentStatus
from .enums import Source
from .indicators import Indicator, Kind, Page, on_page
from .models import Worker
from .values import is_empty

_AT_WORK = {EmploymentStatus.EMPLOYED, EmploymentStatus.FLEXIBLE, EmploymentStatus.OWN_BUSINESS, ""}
_OF_A_JOB = {"work_division", "employer_uscc", "employer_name", "industry", "occupation", "employment_form"}
_OF_A_JOB |= {"contract_type", "job_start", "wage_method", "wage_cycle", "migration_type"}
_OF_CHILDREN = {"accompanying_children", "child_school"}
# Known only to some employers, and rightly unknown to most people.
_NEVER_MISSED = {"employer_uscc", "graduation", "certificate"}


@dataclass(frozen=True)
class PageState:
    """One group of the profile: how much is known, and what the worker could add."""

    page: Page
    known: int
    total: int
    missing: list[Indicator] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        return not self.missing


def applies(worker: Worker, indicator: Indicator) -> bool:
    """Whether the indicator has a meaning for this person: no employer without work, no school without children."""
    if indicator.code in _OF_A_JOB:
        return worker.employment_status in _AT_WORK
    if indicator.code in _OF_CHILDREN and worker.minor_children == 0:
        return False
    return not (indicator.code == "child_school" and worker.accompanying_children == 0)


def is_known(worker: Worker, indicator: Indicator) -> bool:
    if indicator.kind == Kind.INTENT:
        return getattr(worker, "intent", None) is not None
    return bool(indicator.columns) and not is_empty(getattr(worker, indicator.column))


def completeness(worker: Worker) -> list[PageState]:
    """Per group; only what the worker may state counts as missing. Reads `intent` once if it is not loaded."""
    states = []
    for page in Page:
        rows = [indicator for indicator in on_page(page) if applies(worker, indicator)]
        known = [indicator for indicator in rows if is_known(worker, indicator)]
        missing = [
            indicator
            for indicator in rows
            if indicator not in known
            and (indicator.is_updated_by(Source.WORKER) or indicator.once)
            and indicator.code not in _NEVER_MISSED
        ]
        states.append(PageState(page, len(known), len(rows), missing))
    return states
