"""Stating and confirming values: the one way into the registry, for every source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.policies import is_official
from core import audit
from core.calendar import local_day
from core.errors import refuse_unless, require

from .. import policies, values
from ..enums import MandateScope, Source
from ..indicators import BY_CODE, INDICATORS, Indicator, Kind, Page, on_page
from ..models import BrokerUpdate, UpdateState, Worker
from ..texts import has_text
from . import intents, sealed
from .derivation import derived
from .locking import hold
from .provenance import Book, FirstBook
from .standing import group_of


@dataclass(frozen=True)
class Recorded:
    """What became of the stated values, by indicator code: taken, already so, or outranked by what is held."""

    changed: tuple[str, ...]
    agreed: tuple[str, ...]
    kept: tuple[str, ...]


@transaction.atomic
def record(
    worker: Worker,
    stated: dict[str, Any],
    *,
    source: Source,
    by: Any,
    at: datetime,
    observed_on: date | None = None,
    anew: bool = False,
) -> Recorded:
    """Take values by indicator code; a mapping as a value names columns (`{"integration": "2", "adaptation": 4}`).

    Only changed columns of the wide row are written. What is said about a row that was merged into another stays that
    row's statement; the other row shows it when it stands. What the source has said today already is not written down
    twice, unless `anew` says that it was said again on purpose. Raises `NotAllowed` when this person may not speak for
    this source, `Refusal` naming the indicator when the value is wrong or belongs to somebody else.
    """
    source = Source(source)
    row, about = hold(worker)
    _require_voice(row, stated, source, by, at)
    book = Book(row, source=source, day=observed_on or local_day(at), at=at, about=about)
    book.is_said_anew = anew
    outcome: dict[str, list[str]] = {"changed": [], "agreed": [], "kept": []}
    for code, value in stated.items():
        outcome[_take(row, book, BY_CODE[code], value)].append(code)
    take_computed(row, book)
    book.save(by=by)
    if any(outcome.values()):
        numbers = sorted(BY_CODE[code].number for code in outcome["changed"])
        audit.record("workers.record", row, by=by, at=at, source=int(source), indicators=numbers)
    intents.follow(row, at=at)
    return Recorded(**{name: tuple(codes) for name, codes in outcome.items()})


def record_first(row: Worker, stated: dict[str, Any], *, source: Source, by: Any, at: datetime) -> bool:
    """Make the row of a person who has none, with the first values about it; inside the caller's transaction.

    False, and nothing is written, where somebody has one of its keys already. Raises like `record`.
    """
    _require_voice(row, stated, source, by, at)
    book = FirstBook(row, source=source, day=local_day(at), at=at)
    for code, value in stated.items():
        _take(row, book, BY_CODE[code], value)
    take_computed(row, book)
    if not book.add(by=by):
        return False
    audit.record("workers.register", row, by=by, at=at)
    if stated:
        numbers = sorted(BY_CODE[code].number for code in stated)
        audit.record("workers.record", row, by=by, at=at, source=int(source), indicators=numbers)
    return True


def _require_voice(worker: Worker, stated: Iterable[str], source: Source, by: Any, at: datetime) -> None:
    if source == Source.WORKER:
        require(policies.is_self(by, worker), _("只有本人可以这样修改。"))
    elif source == Source.BROKER:
        require(
            policies.may_act_for(by, worker, MandateScope.PROFILE, at=at), _("没有这位农民工的有效委托，不能代为修改。")
        )
    elif source == Source.BROKER_CONFIRMED:
        require(_was_just_confirmed(worker, stated, by, at), _("要先由本人确认。"))
    elif source.is_department:
        require(by is None or is_official(by), _("只有工作人员可以录入部门数据。"))


def _was_just_confirmed(worker: Worker, stated: Iterable[str], by: Any, at: datetime) -> bool:
    """Whether the worker's yes to these very indicators was written down at this moment (`freshness.confirming`)."""
    numbers = [BY_CODE[code].number for code in stated]
    answers = BrokerUpdate.objects.filter(state=UpdateState.CONFIRMED, decided_at=at, decided_by=by)
    return answers.filter(worker__in=group_of(worker), numbers__contains=numbers).exists()


def _take(row: Worker, book: Book, indicator: Indicator, value: Any) -> str:
    """Weigh one statement; returns changed, agreed or kept."""
    first_time = indicator.once and book.held(indicator) is None
    refuse_unless(
        indicator.is_updated_by(book.source) or first_time,
        _("“{label}”由{owner}提供，不能在这里改。如果有误，请申请更正。").format(
            label=indicator.label, owner=indicator.department.label
        ),
        field=indicator.code,
    )
    if indicator.kind == Kind.INTENT:
        return _take_wish(row, book, indicator, value)
    if indicator.kind == Kind.SEALED:
        new = sealed.columns_of(row, indicator, value, at=book.at)
    else:
        new = values.columns_of(indicator, value)
    agrees = all(getattr(row, column) == item for column, item in new.items() if column not in sealed.CIPHERTEXTS)
    book.state(indicator, new)
    if not book.outweighs(indicator):
        return "agreed" if agrees else "kept"
    book.stand(indicator, None if agrees else new)
    return "agreed" if agrees else "changed"


def _take_wish(row: Worker, book: Book, indicator: Indicator, value: dict[str, Any]) -> str:
    """A wish is on no statement: what a broker wrote over a weightier one is kept by whoever asks the worker."""
    book.state(indicator, None)
    if book.source == Source.BROKER and not book.outweighs(indicator):
        return "agreed" if intents.is_so(row, value) else "kept"
    changed = intents.state(row, value, at=book.at)
    book.stand(indicator)
    if changed:
        book.changed(indicator)
    return "changed" if changed else "agreed"


def take_computed(row: Worker, book: Book) -> None:
    """Sex, birth date and migration type follow from what was just stated."""
    for code, value in derived(row, book.touched).items():
        indicator = BY_CODE[code]
        if getattr(row, indicator.column) != value and not _is_a_departments(book, indicator):
            book.compute(indicator, value)


@transaction.atomic
def confirm_unchanged(worker: Worker, page: Page | None, *, by: Any, at: datetime) -> int:
    """Everything this person may state, of one page or of all, is still true. Returns how many values.

    The wide row is not rewritten. A department's value keeps its source.
    """
    row, _about = hold(worker)
    source = Source.WORKER if policies.is_self(by, row) else Source.BROKER
    _require_voice(row, (), source, by, at)
    book = Book(row, source=source, day=local_day(at), at=at)
    confirmed = [
        indicator
        for indicator in (on_page(page) if page else INDICATORS)
        if indicator.is_updated_by(source) and book.is_known(indicator) and not _is_a_departments(book, indicator)
    ]
    for indicator in confirmed:
        book.state(indicator, {} if has_text(indicator) else None)
        if book.outweighs(indicator):
            book.stand(indicator)
    book.save(by=by)
    intents.touch(row, at=at)
    audit.record("workers.confirm", row, by=by, at=at, indicators=[indicator.number for indicator in confirmed])
    return len(confirmed)


def _is_a_departments(book: Book, indicator: Indicator) -> bool:
    held = book.held(indicator)
    return held is not None and Source(held.source).is_department
