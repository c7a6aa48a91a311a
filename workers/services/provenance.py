"""One transaction's view of what is said about a worker: read once, weighed in memory, written once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from core import rows

from ..enums import Source
from ..indicators import BY_CODE, COUNT, Indicator, Kind
from ..models import Act, Provenance, Statement, Worker
from ..models.history import BASE
from ..precedence import Standing, day_number, strength, winner
from ..texts import columns_from, has_text, text_of
from ..values import is_empty
from . import barrier, standing
from .derivation import pinyin_key

_NEXT = 2**31  # stands for the act that is being written: later than every other


class Book:
    """Collects what one act states about one worker, and writes row, outcome, act and statement together.

    `row` is the row that is shown; `about` is the row whose person the act names, where that one was merged into it.
    """

    def __init__(self, row: Worker, *, source: Source, day: date, at: datetime, about: Worker | None = None) -> None:
        self.row, self.source, self.day, self.at = row, source, day, at
        self.about = about or row
        self.is_said_anew = False  # written down also where this source has said it today already
        self.touched: set[str] = set()
        self._columns: set[str] = set()
        self._stated: dict[int, str | None] = {}
        self._displaced: dict[int, Standing] = {}
        self._stands: set[int] = set()
        self._promoted: set[int] = set()
        barrier.saving()
        self._read()

    def _read(self) -> None:
        # Written back whole, so nobody else may change it in between.
        held = Provenance.objects.select_for_update()
        self._provenance, _created = held.get_or_create(worker=self.row, defaults=_blank())
        group = standing.group_of(self.row)
        self._is_group = len(group) > 1
        self.spoken = standing.spoken(group)
        self._said = standing.gathered(self.row, self._provenance, self.spoken)

    @cached_property
    def _ranks(self) -> standing.Ranks:
        """Asked for only where somebody has spoken before."""
        return standing.ranks()

    def held(self, indicator: Indicator) -> Standing | None:
        """What stands now; None when nobody is known to have said anything."""
        said = self._said[indicator.number]
        stands = winner(said, self._ranks[indicator.number]) if said else None
        return stands if stands is not None and stands.source else None

    def is_known(self, indicator: Indicator) -> bool:
        if indicator.kind == Kind.INTENT:
            return hasattr(self.row, "intent")
        return bool(indicator.columns) and not is_empty(getattr(self.row, indicator.column))

    def outweighs(self, indicator: Indicator) -> bool:
        """Whether this act's statement stands against everything said before."""
        held = self.held(indicator)
        if held is None:
            return True
        own, weight = Standing(int(self.source), day_number(self.day), _NEXT, None), self._ranks[indicator.number]
        return strength(own, weight) > strength(held, weight)

    def state(self, indicator: Indicator, new: dict[str, Any] | None) -> None:
        """Write down what was said, whether it will stand or not; None where the content is kept elsewhere."""
        text = None
        if new is not None and has_text(indicator):
            text = text_of(indicator, Shadow(self.row, new))
        self._stated[indicator.number] = text

    def stand(self, indicator: Indicator, new: dict[str, Any] | None = None) -> None:
        """This act's statement stands; `new` holds the columns that change by it."""
        place = indicator.number - 1
        held = standing.cached(self.row, self._provenance, indicator)
        # Of merged rows every value of the first load was written down when they were merged.
        if held is not None and held.act == BASE and has_text(indicator) and not self._is_group:
            self._displaced[indicator.number] = held
        self._stands.add(place)
        if new:
            self._apply(indicator, new)

    def changed(self, indicator: Indicator) -> None:
        """The value changed on a table of its own."""
        self.touched.add(indicator.code)

    def compute(self, indicator: Indicator, value: Any) -> None:
        """A value that follows from others is nobody's statement; it is part of what a new load would hold."""
        self._attribute(indicator.number - 1, int(Source.COMPUTED), day_number(self.day), BASE)
        self._apply(indicator, {indicator.column: value})

    def forget(self, act: Act, numbers: Iterable[int], indicators: dict[int, Indicator]) -> list[Indicator]:
        """Let the rest of the statements decide again where this act stood; returns what changed by it."""
        changed = []
        for number in numbers:
            indicator = indicators[number]
            rest = [said for said in self._said[number] if said.act != act.pk]
            if self.show(indicator, winner(rest, self._ranks[number])):
                changed.append(indicator)
        return changed

    def show(self, indicator: Indicator, stands: Standing | None) -> bool:
        """Let this statement stand, or nothing; whether the shown value changes by it."""
        stands = stands or Standing(0, 0, BASE, "")
        self._attribute(indicator.number - 1, stands.source, stands.day, stands.act)
        if stands.act != BASE:
            self._promoted.add(stands.act)
        if stands.text == text_of(indicator, self.row):
            return False
        self._apply(indicator, dict(columns_from(indicator, stands.text)))
        return True

    def shown(self, indicator: Indicator) -> Standing | None:
        """What the row shows now."""
        return standing.cached(self.row, self._provenance, indicator)

    def stated(self, indicator: Indicator) -> Standing | None:
        """What stands by the written statements alone, whatever the row shows."""
        said = [one for about in self.spoken.values() for one in about.get(indicator.number, ())]
        return winner(said, self._ranks[indicator.number])

    def attribute(self, indicator: Indicator, source: int, day: int, act: int) -> None:
        """Who vouches for a value whose content is kept elsewhere than in statements."""
        self._attribute(indicator.number - 1, source, day, act)

    def put(self, indicator: Indicator, new: dict[str, Any]) -> None:
        """Such a value's columns."""
        self._apply(indicator, new)

    def stood_by(self, act: Act) -> list[int]:
        """The indicator numbers whose present value stems from this act."""
        acts = self._provenance.acts or []
        return [place + 1 for place, held in enumerate(acts) if held == act.pk]

    def _attribute(self, place: int, source: int, day: int, act: int) -> None:
        row = self._provenance
        row.sources[place], row.observed[place] = source, day
        if act != BASE and row.acts is None:
            row.acts = [BASE] * COUNT
        if row.acts is not None:
            row.acts[place] = act

    def _apply(self, indicator: Indicator, new: dict[str, Any]) -> None:
        if "full_name" in new:
            new = {**new, "name_pinyin": pinyin_key(new["full_name"])}
        for column, value in new.items():
            setattr(self.row, column, value)
        self._columns |= set(new)
        self.touched.add(indicator.code)

    def save(self, *, by: Any) -> None:
        """Write the changed columns, the outcome, the act with its statement, and what it displaced."""
        if self._stated and (self.is_said_anew or not self._is_repeated()):
            self._write_act(by)
        self.verified(int(Source.COMPUTED), day_number(self.day), self.at)
        self.rewrite()

    @property
    def verified_at(self) -> datetime | None:
        return self._provenance.verified_at

    def verified(self, source: int, day: int, at: datetime | None) -> None:
        """When the row was last confirmed or changed by somebody who knows."""
        self.attribute(BY_CODE["last_verified"], source, day, BASE)
        self._provenance.verified_at = at

    def rewrite(self) -> None:
        """Write the row and its outcome as they now stand, without a statement of anybody's."""
        if self._columns:
            self.row.save(update_fields=sorted(column.removesuffix("_id") for column in self._columns))
        self._provenance.save(update_fields=["sources", "observed", "acts", "verified_at"])
        if self._promoted:  # undoing a file looks at such statements only
            own = Statement.objects.filter(worker__in=list(self.spoken), act__in=self._promoted, won=False)
            own.update(won=True)

    def _is_repeated(self) -> bool:
        """Whether this source has said all of it today already: a message delivered twice adds nothing."""
        if self.touched:
            return False
        source, day, own = int(self.source), day_number(self.day), self.spoken[self.about.pk]
        for number, text in self._stated.items():
            said = self._said[number] if text is None else own.get(number, ())  # no text: known by its outcome only
            today = [one for one in said if (one.source, one.day) == (source, day) and one.act != BASE]
            if not today or max(today, key=lambda one: one.act).text != text:  # said otherwise in between
                return False
        return True

    def _write_act(self, by: Any) -> None:
        numbers = sorted(self._stated)
        act = Act(source=self.source, observed_on=self.day, at=self.at, numbers=numbers)
        act.actor_id = by.pk if by else None
        rows.add(act)
        for place in self._stands:
            self._attribute(place, int(self.source), day_number(self.day), act.pk)
        said = [
            Statement(
                act=act,
                worker=self.about,
                at=self.at,
                numbers=numbers,
                texts=[self._stated[number] for number in numbers],
                won=bool(self._stands),
            )
        ]
        if self._displaced:
            base = [(number, self._displaced[number]) for number in sorted(self._displaced)]
            said.append(
                Statement(
                    act_id=BASE,
                    worker=self.row,
                    at=self.at,
                    numbers=[number for number, _said in base],
                    texts=[said.text for _number, said in base],
                    sources=[said.source for _number, said in base],
                    days=[said.day for _number, said in base],
                    won=True,
                )
            )
        for statement in said:
            rows.add(statement)


class FirstBook(Book):
    """The book of a person who is not in the registry yet: nobody has said anything, so nothing is read."""

    def _read(self) -> None:
        self._provenance = Provenance(**_blank())
        self._is_group = False
        self.spoken: standing.Spoken = {}
        self._said: dict[int, list[Standing]] = defaultdict(list)

    def add(self, *, by: Any) -> bool:
        """Write the row with all that was stated; False, and nothing is written, where somebody has one of its keys."""
        if not rows.add_unless_there(self.row):
            return False
        if self._stated:
            self._provenance.worker = self.row
            self._write_act(by)
            self.verified(int(Source.COMPUTED), day_number(self.day), self.at)
            rows.add(self._provenance)
        return True


class Shadow:
    """A row as it would be with other values in some columns."""

    def __init__(self, row: Worker, new: dict[str, Any]) -> None:
        self._row, self._new = row, new

    def __getattr__(self, name: str) -> Any:
        return self._new[name] if name in self._new else getattr(self._row, name)


def _blank() -> dict[str, list[int]]:
    return {"sources": [0] * COUNT, "observed": [0] * COUNT}
