"""One transaction's view of a worker's provenance: read once, changed in memory, written once."""

from datetime import date, datetime
from typing import Any

from ..enums import Source
from ..indicators import BY_CODE, COUNT, Indicator, Kind
from ..models import Provenance, ValueChange, Worker
from ..presentation import for_history
from ..values import is_empty

EPOCH = date(1970, 1, 1)
LONGEST = ValueChange._meta.get_field("old").max_length


def day_number(day: date) -> int:
    """Days since 1970-01-01, as `Provenance.observed` holds them."""
    return (day - EPOCH).days


class Stated:
    """Collects what is stated about one worker and writes row, provenance and history together."""

    def __init__(self, row: Worker, *, day: date, at: datetime) -> None:
        self.row, self.day, self.at = row, day_number(day), at
        self.touched: set[str] = set()
        self._columns: set[str] = set()
        self._changes: list[ValueChange] = []
        blank = {"sources": [0] * COUNT, "observed": [0] * COUNT}
        self._provenance, _created = Provenance.objects.get_or_create(worker=row, defaults=blank)
        self._before = list(self._provenance.sources), list(self._provenance.observed)

    def held(self, indicator: Indicator) -> tuple[int, int]:
        """(source, day) of the present value; zeros when never stated."""
        place = indicator.number - 1
        return self._provenance.sources[place], self._provenance.observed[place]

    def is_known(self, indicator: Indicator) -> bool:
        if indicator.kind == Kind.INTENT:
            return hasattr(self.row, "intent")
        return bool(indicator.columns) and not is_empty(getattr(self.row, indicator.column))

    def note(self, indicator: Indicator, source: Source) -> None:
        """The present value is now vouched for by this source on this day."""
        self.attribute(indicator, int(source), self.day)

    def attribute(self, indicator: Indicator, source: int, day: int) -> None:
        """Say who vouches for the present value, and since which day."""
        place = indicator.number - 1
        self._provenance.sources[place], self._provenance.observed[place] = source, day

    def apply(self, indicator: Indicator, new: dict[str, Any], source: Source) -> None:
        """Put new values into the row and keep the old ones for the history."""
        old = for_history(self.row, indicator)
        for column, value in new.items():
            setattr(self.row, column, value)
        self._columns |= set(new)
        self.changed(indicator, old, for_history(self.row, indicator), source)

    def changed(self, indicator: Indicator, old: str, new: str, source: Source) -> None:
        self.touched.add(indicator.code)
        sources, observed = self._before
        self._changes.append(
            ValueChange(
                worker=self.row,
                indicator=indicator.number,
                old=old[:LONGEST],
                old_source=sources[indicator.number - 1],
                old_observed=observed[indicator.number - 1],
                new=new[:LONGEST],
                source=source,
                at=self.at,
            )
        )

    def save(self, *, by: Any) -> None:
        """Write the changed columns, the provenance and the history."""
        if self._columns:
            self.row.save(update_fields=sorted(column.removesuffix("_id") for column in self._columns))
        for change in self._changes:
            change.actor_id = by.pk if by else None
        ValueChange.objects.bulk_create(self._changes)
        self.note(BY_CODE["last_verified"], Source.COMPUTED)
        self._provenance.verified_at = self.at
        self._provenance.save(update_fields=["sources", "observed", "verified_at"])
