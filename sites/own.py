"""What the files say about one person: their own wages, month by month and project by project."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from employers.models import Project
from workers.models import Worker
from workers.services.standing import group_of

from .enums import Teller
from .models import AttendanceLine, PayrollLine, Stranger

SHOWN_MONTHS = 24


def people_of(workers: Iterable[Worker]) -> list[int]:
    """As whom these rows stand in the files: by their id, and as the stranger that their number was before."""
    rows = list(workers)
    indexes = [bytes(row.id_number_index) for row in rows if row.id_number_index]
    strangers = Stranger.objects.filter(id_index__in=indexes).values_list("pk", flat=True)
    return [*(row.pk for row in rows), *(-pk for pk in strangers)]


@dataclass(frozen=True)
class Said:
    """What one side says was paid: the sum and the last day."""

    fen: int
    on: date | None


@dataclass(frozen=True)
class Wage:
    """One month at one project."""

    month: date
    project: Project
    due_fen: int
    bank: Said | None
    contractor: Said | None
    days: int

    @property
    def paid_fen(self) -> int:
        """The bank's word goes before the contractor's."""
        said = self.bank or self.contractor
        return said.fen if said else 0

    @property
    def short_fen(self) -> int:
        return max(self.due_fen - self.paid_fen, 0)

    @property
    def worked(self) -> str:
        """Days in words: 22 or 22.5."""
        return f"{self.days / 10:g}"

    @property
    def differs(self) -> bool:
        """The contractor claims another sum than the bank."""
        return bool(self.bank and self.contractor and self.bank.fen != self.contractor.fen)

    @property
    def key(self) -> str:
        return f"{self.project.code}/{self.month:%Y-%m}"


def wages(worker: Worker) -> list[Wage]:
    """Everything that is said, the latest month first; the same payment told by two files counts as the later says."""
    people = people_of(Worker.everyone.filter(pk__in=group_of(worker)))
    found: dict[tuple[date, int], dict[str, Any]] = {}
    lines = PayrollLine.objects.filter(person__in=people).order_by("batch")
    for line in lines.values("month", "project", "teller", "paid_on", "owed_fen", "agreed_fen", "paid_fen", "days"):
        row = found.setdefault((line["month"], line["project"]), _empty())
        row["due"] = max(row["due"], line["owed_fen"], line["agreed_fen"])
        row["days"] = max(row["days"], line["days"])
        row[line["teller"]][line["paid_on"]] = line["paid_fen"]
    present = AttendanceLine.objects.filter(person__in=people).order_by("batch")
    for line in present.values("month", "project", "days"):
        row = found.setdefault((line["month"], line["project"]), _empty())
        row["days"] = max(row["days"], line["days"])
    projects = Project.objects.select_related("general_contractor").in_bulk({project for _month, project in found})
    rows = [
        Wage(month, projects[project], row["due"], _said(row[Teller.BANK]), _said(row[Teller.CONTRACTOR]), row["days"])
        for (month, project), row in found.items()
        if project in projects
    ]
    return sorted(rows, key=lambda wage: (wage.month, wage.project.pk), reverse=True)


def _empty() -> dict[Any, Any]:
    return {"due": 0, "days": 0, Teller.BANK: {}, Teller.CONTRACTOR: {}}


def _said(payments: dict[date | None, int]) -> Said | None:
    if not payments:
        return None
    return Said(sum(payments.values()), max((day for day in payments if day), default=None))
