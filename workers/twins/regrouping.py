"""What a row shows when several rows' statements count together, or cease to.

Imports write statements set by set and settle single rows in SQL. Rows that share statements with others are few; an
import leaves them out of its own weighing (`IN_GROUPS`) and calls `restand` for them afterwards.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from core.calendar import local_day

from ..enums import Source
from ..indicators import BY_CODE, INDICATORS, Indicator
from ..models import Act, Provenance, Statement, Worker
from ..models.history import BASE
from ..precedence import Standing
from ..services import intents, standing
from ..services.derivation import derived
from ..services.provenance import Book, Shadow
from ..texts import has_text, text_of

# The rows whose shown values do not follow from their own statements alone, as SQL.
IN_GROUPS = """
SELECT id FROM workers_worker WHERE merged_into_id IS NOT NULL
UNION SELECT merged_into_id FROM workers_worker WHERE merged_into_id IS NOT NULL
"""
_WEIGHED = tuple(indicator for indicator in INDICATORS if has_text(indicator))
_DERIVED = tuple(BY_CODE[code] for code in ("sex", "birth_date", "migration_type"))
_DEPARTMENTS = {int(source) for source in Source if source.is_department}
_EVERYTHING = {"id_number", "hukou_division", "work_division"}


def restand(worker_ids: Iterable[int], *, at: datetime) -> int:
    """Let the statements decide anew for these people, whichever of a person's rows is named. Returns how many.

    For rows of a group only: a single row's values of the first load stand in the row itself. Locks each person.
    """
    named = Worker.everyone.filter(pk__in=list(worker_ids))
    shown = sorted({merged or pk for pk, merged in named.values_list("pk", "merged_into_id")})
    for row in Worker.everyone.select_for_update().filter(pk__in=shown).order_by("pk"):
        book = opened(row, at=at)
        settle(book)
        book.rewrite()
        intents.follow(row, at=at)
    return len(shown)


def restand_after(act: Act, *, at: datetime) -> int:
    """The same for whoever of a group an act has said anything about; for files and their undoing."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT DISTINCT g.id FROM ({IN_GROUPS}) g JOIN workers_statement s ON s.worker_id = g.id
            WHERE s.act_id = %s AND s.at = %s
            """,
            [act.pk, act.at],
        )
        return restand([row[0] for row in cursor.fetchall()], at=at)


def opened(row: Worker, *, at: datetime) -> Book:
    """The row's book, to rewrite and not to state anything."""
    return Book(row, source=Source.COMPUTED, day=local_day(at), at=at)


def settle(book: Book) -> None:
    """Show what stands by the written statements; then what follows from it."""
    for indicator in _WEIGHED:
        if indicator not in _DERIVED:
            book.show(indicator, book.stated(indicator))
    follows = derived(book.row, _EVERYTHING)
    for indicator in _DERIVED:
        _settle_derived(book, indicator, follows.get(indicator.code))


def _settle_derived(book: Book, indicator: Indicator, value: object) -> None:
    """A department's word stands; else what follows from the row. Who first computed the same keeps the day."""
    stated = book.stated(indicator)
    if value in (None, "") or (stated is not None and stated.source in _DEPARTMENTS):
        book.show(indicator, stated)
        return
    text = text_of(indicator, Shadow(book.row, {indicator.column: value}))
    if stated is not None and stated.text == text:
        book.show(indicator, stated)
    elif (held := book.shown(indicator)) is None or held.text != text or held.source != Source.COMPUTED:
        book.compute(indicator, value)


def write_down(row: Worker, *, at: datetime) -> None:
    """Put the first load's values of a single row into a statement of its own, so that they outlive what is shown.

    A value that nobody is known to have stated is written down too, as source 0, which any statement outranks.
    """
    if len(standing.group_of(row)) > 1:
        return
    provenance = Provenance.objects.filter(worker=row).first()
    held = [(indicator.number, _held(row, provenance, indicator)) for indicator in _WEIGHED]
    base = [(number, said) for number, said in held if said.act == BASE and (said.source or said.text)]
    if base:
        Statement.objects.bulk_create(
            [
                Statement(
                    act_id=BASE,
                    worker=row,
                    at=at,
                    numbers=[number for number, _said in base],
                    texts=[said.text for _number, said in base],
                    sources=[said.source for _number, said in base],
                    days=[said.day for _number, said in base],
                    won=True,
                )
            ]
        )


def _held(row: Worker, provenance: Provenance | None, indicator: Indicator) -> Standing:
    held = standing.cached(row, provenance, indicator) if provenance else None
    return held or Standing(0, 0, BASE, text_of(indicator, row))
