"""What stands about one worker, read from the cached outcome and every live statement together."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.postgres.aggregates import ArrayAgg

from ..indicators import INDICATORS, Indicator
from ..models import Act, Precedence, Provenance, Statement, Worker
from ..models.history import BASE
from ..precedence import Standing, day_number, winner
from ..texts import has_text, text_of

Ranks = dict[int, dict[int, int]]
Spoken = dict[int, dict[int, list[Standing]]]  # by row, then by indicator number


def ranks(indicators: Iterable[Indicator] = INDICATORS) -> Ranks:
    """Per indicator number the rank of each source; fetched as one row, because every save asks for it."""
    found: Ranks = defaultdict(dict)
    asked = Precedence.objects.filter(indicator__in=[indicator.number for indicator in indicators])
    columns = asked.aggregate(
        indicators=ArrayAgg("indicator"), sources=ArrayAgg("source"), ranks=ArrayAgg("rank")
    ).values()
    for number, source, rank in zip(*(column or () for column in columns), strict=True):
        found[number][source] = rank
    return found


def group_of(worker: Worker) -> list[int]:
    """The row that is shown and every row that was merged into it: what is said about any counts for all."""
    merged = Worker.everyone.filter(merged_into=worker.pk).values_list("pk", flat=True)
    return [worker.pk, *merged]


def statements(worker: Worker, provenance: Provenance | None) -> dict[int, list[Standing]]:
    """Every live statement by indicator number, the cached outcome among them."""
    return gathered(worker, provenance, spoken(group_of(worker)))


def gathered(worker: Worker, provenance: Provenance | None, said: Spoken) -> dict[int, list[Standing]]:
    """What was said about each row of a group in one, with the outcome that the shown row caches."""
    found: dict[int, list[Standing]] = defaultdict(list)
    if provenance is not None:
        for indicator in INDICATORS:
            if standing := cached(worker, provenance, indicator):
                found[indicator.number].append(standing)
    for about in said.values():
        for number, standings in about.items():
            found[number] += standings
    return found


def spoken(workers: Iterable[int]) -> Spoken:
    """Per row, in the order given, and per indicator number what live statements say, the newest written first.

    Of equal statements, as two first loads of one day are, the first counts: the shown row's.
    """
    found: Spoken = {pk: defaultdict(list) for pk in workers}
    rows = sorted(Statement.objects.filter(worker__in=list(found)), key=lambda row: row.at, reverse=True)
    acts = Act.objects.filter(undone_at__isnull=True).in_bulk({row.act_id for row in rows})
    for row in rows:
        for number, standing in _spread(row, acts):
            found[row.worker_id][number].append(standing)
    return found


def _spread(row: Statement, acts: dict[int, Act]) -> Iterable[tuple[int, Standing]]:
    if row.act_id == BASE:
        for number, text, source, day in zip(row.numbers, row.texts, row.sources, row.days, strict=True):
            yield number, Standing(source, day, BASE, text)
    elif act := acts.get(row.act_id):
        day = day_number(act.observed_on)
        for number, text in zip(row.numbers or act.numbers, row.texts, strict=True):
            if text is not None:
                yield number, Standing(act.source, day, act.pk, text)


def cached(worker: Worker, provenance: Provenance, indicator: Indicator) -> Standing | None:
    """The outcome as `Provenance` has it; its day may lag behind a department that has agreed since."""
    place = indicator.number - 1
    source = provenance.sources[place]
    if not source:
        return None
    act = provenance.acts[place] if provenance.acts else BASE
    text = text_of(indicator, worker) if has_text(indicator) else None
    return Standing(source, provenance.observed[place], act, text)


def outcome(worker: Worker) -> dict[int, Standing]:
    """Per indicator number who vouches for the present value, and since when, departments' agreement included."""
    provenance = getattr(worker, "provenance", None)
    weight = ranks()
    said = statements(worker, provenance)
    found = {number: winner(rows, weight[number]) for number, rows in said.items()}
    return {number: standing for number, standing in found.items() if standing is not None and standing.source}
