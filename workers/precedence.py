"""Which of two statements about one value stands. Pure: sources and days in, verdict out."""

from .enums import Source
from .indicators import Indicator

# Days count from 1970-01-01, as in `Provenance.observed`; 0 with source 0 means never stated.
NEVER = (0, 0)


def rank(indicator: Indicator, source: Source) -> int:
    """How much a source counts for an indicator: its own department, another one, worker, broker."""
    if source == indicator.department and source.is_department:
        return 4
    if source.is_department or source == Source.COMPUTED:
        return 3
    return 2 if source == Source.WORKER else 1


def stands_against(indicator: Indicator, held: tuple[int, int], source: Source, day: int) -> bool:
    """Whether a statement by `source` on `day` replaces the held (source, day).

    A department's value yields only to a department (the worker disputes it instead), and it replaces a
    person's whatever the dates. Otherwise the newer statement stands, and on one day the higher rank.
    """
    if held == NEVER:
        return True
    held_source, held_day = Source(held[0]), held[1]
    if held_source.is_department != source.is_department and Source.COMPUTED not in (held_source, source):
        return source.is_department
    return (day, rank(indicator, source)) >= (held_day, rank(indicator, held_source))
