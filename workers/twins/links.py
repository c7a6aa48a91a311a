"""What refers to a merged person: moved to the row that is shown, remembered row by row, and moved back.

Of two that wait where one person may have only one, the older is closed first (`doubles`). Any other row that would
collide with one of the other side's (a second open application, the same offer twice) stays where it is and is
listed. What somebody took back on either side stays taken back: a consent, or a broker's mandate.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from ..enums import Purpose
from ..models import (
    Consent,
    ContactGrant,
    Fate,
    JobIntent,
    Mandate,
    Merge,
    MergeLink,
    Provenance,
    Statement,
    TwinPair,
    Worker,
    WorkerFacets,
)
from . import doubles

# These stay under their own row, or are taken care of elsewhere.
_OWN = {Statement, Provenance, WorkerFacets, JobIntent, TwinPair, Merge, Worker}


def references() -> Iterator[tuple[type[models.Model], str]]:
    """Model and field of everything that refers to a worker, in whatever app it is."""
    for relation in Worker._meta.get_fields(include_hidden=True):
        refers = relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
        if refers and relation.related_model not in _OWN:
            yield relation.related_model, relation.field.name


def has_matters(worker: Worker) -> bool:
    """Whether another app holds anything of this person: an application, a complaint, an offer."""
    return any(
        model._base_manager.filter(**{name: worker}).exists()
        for model, name in references()
        if model._meta.app_label != Worker._meta.app_label
    )


def move(merge: Merge) -> None:
    """Point everything that refers to the loser at the survivor."""
    _close_what_was_withdrawn(merge)
    _close_what_was_ended(merge)
    for model, pk in doubles.close(merge):
        _note(merge, model, doubles.COLUMN, pk, Fate.CLOSED)
    for model, name in references():
        for pk in model._base_manager.filter(**{name: merge.loser_id}).order_by("pk").values_list("pk", flat=True):
            keeps_out = model is Mandate and _ended_here(merge, pk)
            moved = not keeps_out and _point(model, pk, name, merge.survivor_id)
            _note(merge, model, name, pk, Fate.MOVED if moved else Fate.STAYED)


def _point(model: type[models.Model], pk: int, name: str, worker_id: int) -> bool:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=pk).update(**{name: worker_id})
    except IntegrityError:
        return False
    return True


def _note(merge: Merge, model: type[models.Model], column: str, pk: int, fate: Fate) -> None:
    MergeLink.objects.create(merge=merge, table=model._meta.label_lower, column=column, row_id=pk, fate=fate)


def _close(merge: Merge, rows: models.QuerySet, column: str, **changes: Any) -> None:
    for pk in list(rows.values_list("pk", flat=True)):
        rows.model._base_manager.filter(pk=pk).update(**{column: merge.merged_at}, **changes)
        _note(merge, rows.model, column, pk, Fate.CLOSED)


def _close_what_was_withdrawn(merge: Merge) -> None:
    """Whoever withdrew a consent in one row has not given it in the other."""
    for purpose in Purpose.values:
        given = {
            side: Consent.objects.filter(worker=side, purpose=purpose) for side in (merge.survivor_id, merge.loser_id)
        }
        withdrawn = [
            side for side, rows in given.items() if rows.exists() and not rows.filter(withdrawn_at=None).exists()
        ]
        if not withdrawn:
            continue
        for side, rows in given.items():
            _close(merge, rows.filter(withdrawn_at=None), "withdrawn_at")
            if purpose == Purpose.CONTACT:
                grants = ContactGrant.objects.filter(worker=side, withdrawn_at=None)
                _close(merge, grants, "withdrawn_at")


def _close_what_was_ended(merge: Merge) -> None:
    """A mandate that was ended in the loser after the survivor gave it to the same broker is ended."""
    for mandate in Mandate.objects.filter(worker=merge.survivor_id, ended_at=None):
        ended = Mandate.objects.filter(
            worker=merge.loser_id, broker=mandate.broker_id, ended_at__gt=mandate.granted_at
        ).first()
        if ended is not None:
            _close(merge, Mandate.objects.filter(pk=mandate.pk), "ended_at", ended_by=ended.ended_by_id)


def _ended_here(merge: Merge, pk: int) -> bool:
    """Whether the survivor ended the same broker's mandate after the loser's live one was given."""
    mandate = Mandate.objects.get(pk=pk)
    ended = Mandate.objects.filter(worker=merge.survivor_id, broker=mandate.broker_id, ended_at__gt=mandate.granted_at)
    return mandate.ended_at is None and ended.exists()


def move_back(merge: Merge, *, by: Any, at: datetime) -> None:
    """Return what was moved and still is with the survivor, and revive what only the merge had closed."""
    models_by_label = {model._meta.label_lower: model for model, _name in references()}
    links = list(merge.links.order_by("pk"))
    for link in links:
        model = models_by_label.get(link.table)
        if model is None:
            continue
        if link.fate == Fate.MOVED and _is_with(model, link, merge.survivor_id):
            _point(model, link.row_id, link.column, merge.loser_id)
        elif link.fate == Fate.STAYED and model is Consent:
            _withdraw_what_was_withdrawn_since(merge, link.row_id, at)
    for link in links:
        if link.fate == Fate.CLOSED and link.column == doubles.COLUMN:
            doubles.reopen(models_by_label[link.table], link.row_id, by=by, at=at)
        elif link.fate == Fate.CLOSED:
            _revive(models_by_label[link.table], link, merge)


def _is_with(model: type[models.Model], link: MergeLink, worker_id: int) -> bool:
    return model._base_manager.filter(pk=link.row_id, **{link.column: worker_id}).exists()


def _revive(model: type[models.Model], link: MergeLink, merge: Merge) -> None:
    """Unless somebody has given it anew or closed it otherwise since."""
    rows = model._base_manager.filter(pk=link.row_id, **{link.column: merge.merged_at})
    changes = {link.column: None} | ({"ended_by": None} if link.column == "ended_at" else {})
    try:
        with transaction.atomic():
            rows.update(**changes)
    except IntegrityError:  # it was given anew: that one counts
        return


def _withdraw_what_was_withdrawn_since(merge: Merge, pk: int, at: datetime) -> None:
    left = Consent.objects.get(pk=pk)
    since = Consent.objects.filter(worker=merge.survivor_id, purpose=left.purpose, withdrawn_at__gt=merge.merged_at)
    live = Consent.objects.filter(worker=merge.survivor_id, purpose=left.purpose, withdrawn_at=None)
    if left.withdrawn_at is None and since.exists() and not live.exists():
        Consent.objects.filter(pk=pk).update(withdrawn_at=at)
