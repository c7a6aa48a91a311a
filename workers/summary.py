"""What other pages show of a worker's profile."""

from dataclasses import dataclass

from .completeness import PageState, completeness
from .models import Worker


@dataclass(frozen=True)
class Summary:
    """How much of the profile is known."""

    known: int
    total: int
    missing: int


def summary(worker: Worker) -> Summary:
    return of_groups(completeness(worker))


def of_groups(groups: list[PageState]) -> Summary:
    """The same of groups that are at hand."""
    return Summary(
        known=sum(group.known for group in groups),
        total=sum(group.total for group in groups),
        missing=sum(len(group.missing) for group in groups),
    )
