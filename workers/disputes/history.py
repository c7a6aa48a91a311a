"""Everything that was ever said about a value, in plain words: what stands, and what others said or said before."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from accounts.models import User

from ..enums import Source
from ..indicators import Indicator, Page, on_page
from ..models import Act, Dispute, DisputeState, Worker
from ..precedence import Standing, day_of, strength
from ..presentation import in_words, plain_date, text_in_words
from ..sensitive import is_withheld
from ..services.standing import ranks, statements
from ..texts import has_text


@dataclass(frozen=True)
class Said:
    """One statement in words; `stands` marks the one shown, `withheld` one whose value the reader does not get."""

    value: str
    who: str
    when: str
    stands: bool
    source: Source
    withheld: bool = False


def said_about(worker: Worker, indicators: list[Indicator]) -> dict[str, list[Said]]:
    """By indicator code, the strongest first, outranked ones included; of equal ones said twice only the first.

    Sealed values and the wish for work are kept without their text: who and when is all that is left of them.
    """
    said, weight = statements(worker, getattr(worker, "provenance", None)), ranks(indicators)
    names = _brokers(said[row.number] for row in indicators)
    found = {}
    for row in indicators:
        known = {one for one in said[row.number] if one.source}
        rows = sorted(known, key=lambda one: strength(one, weight[row.number]), reverse=True)
        if rows:
            found[row.code] = _in_words(worker, row, rows, names)
    return found


def said_to_officials(worker: Worker, indicator: Indicator) -> list[Said]:
    """The same for the office that decides; what the person told of sensitive matters obeys their consent."""
    said = said_about(worker, [indicator]).get(indicator.code, [])
    return [
        replace(one, value="", withheld=True) if one.value and is_withheld(worker, indicator, by=one.source) else one
        for one in said
    ]


def latest_of(worker: Worker, indicators: list[Indicator]) -> dict[int, Dispute]:
    """By indicator number the newest dispute that was not taken back, for the word beside the value."""
    numbers = [row.number for row in indicators]
    rows = Dispute.objects.filter(worker=worker, indicator__in=numbers).exclude(state=DisputeState.WITHDRAWN)
    return {row.indicator: row for row in rows.order_by("filed_at", "pk")}


def said_on(worker: Worker, page: Page) -> list[dict]:
    """The indicators of one group about which anybody has said anything."""
    rows = on_page(page)
    said = said_about(worker, rows)
    return [{"label": row.label, "said": said[row.code]} for row in rows if row.code in said]


def _in_words(worker: Worker, indicator: Indicator, rows: list[Standing], names: dict[int, str]) -> list[Said]:
    found: list[Said] = []
    for place, one in enumerate(rows):
        words = text_in_words(indicator, one.text) or _("没有内容") if has_text(indicator) else ""
        if place == 0:
            words = in_words(worker, indicator) or words
        who = " · ".join(filter(None, [str(Source(one.source).label), names.get(one.act, "")]))
        line = Said(words, who, plain_date(day_of(one.day)), stands=place == 0, source=Source(one.source))
        if not any((line.value, line.who, line.when) == (held.value, held.who, held.when) for held in found):
            found.append(line)
    return found


def _brokers(said: Iterable[list[Standing]]) -> dict[int, str]:
    """By act, the name of the broker who typed it: a broker acts under their own name."""
    acts = {one.act for rows in said for one in rows if one.source in (Source.BROKER, Source.BROKER_CONFIRMED)}
    actors = dict(Act.objects.filter(pk__in=acts, actor_id__isnull=False).values_list("pk", "actor_id"))
    people = User.objects.in_bulk(set(actors.values()))
    return {act: people[actor].display_name for act, actor in actors.items() if actor in people}
