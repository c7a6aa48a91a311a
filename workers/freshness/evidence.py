"""What exactly a worker is asked to confirm: the values of one act and what stood beside them, as one digest.

A yes is good for that and nothing else. If anybody says something else about one of these values meanwhile, the digest
is another one, and the yes counts for nothing.
"""

import hashlib
import json
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.crypto import salted_hmac

from ..indicators import BY_CODE, INDICATORS, Indicator, Kind
from ..models import BrokerUpdate, JobIntent, Provenance, Statement, Worker
from ..services import intents
from ..services.standing import cached, group_of
from ..texts import columns_from, has_text, text_of

BY_NUMBER = {row.number: row for row in INDICATORS}
WISH = BY_CODE["job_intent"]


def texts_of(row: Worker, act: int) -> dict[int, str | None]:
    """By indicator number what the act says about this person; empty when it was taken out."""
    said = Statement.objects.filter(worker__in=group_of(row), act=act).first()
    return dict(zip(said.numbers, said.texts, strict=True)) if said and said.numbers else {}


def digest_of(row: Worker, act: int, numbers: list[int], wish: dict[str, Any]) -> bytes:
    """`row` is the row that is shown, `wish` what the update keeps of the wish for work."""
    said = texts_of(row, act)
    provenance = Provenance.objects.get(worker=row)
    facts: list[Any] = [act]
    for number in sorted(numbers):
        indicator = BY_NUMBER[number]
        stands = cached(row, provenance, indicator)
        shown = text_of(indicator, row) if has_text(indicator) else None
        facts.append([number, said.get(number), shown, stands and [stands.source, stands.day, stands.act]])
    if WISH.number in numbers:
        facts.append([wish_words(row), wish.get("asked")])
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).digest()


def values_of(row: Worker, update: BrokerUpdate) -> dict[str, Any]:
    """The values of the update's newest act as `services.record` takes them; the wish as it was asked or stands now."""
    said, found = texts_of(row, update.acts[-1]), {}
    for number in update.numbers:
        indicator = BY_NUMBER[number]
        if indicator.kind == Kind.INTENT:
            found[indicator.code] = asked_wish(update) or wish_of(row)
        elif number in said:
            found[indicator.code] = dict(columns_from(indicator, said[number]))
    return found


def plain(wish: dict[str, Any]) -> dict[str, Any]:
    """A wish as the update keeps it."""
    return json.loads(json.dumps(wish, cls=DjangoJSONEncoder))


def asked_wish(update: BrokerUpdate) -> dict[str, Any]:
    """The wish that waits for the worker's word because theirs weighs more; empty where it stands already."""
    asked = dict(update.wish.get("asked") or {})
    if asked.get("available_on"):
        asked["available_on"] = date.fromisoformat(asked["available_on"])
    return asked


def present(row: Worker, indicator: Indicator) -> Any:
    """The value as it is shown now, as `services.record` takes it."""
    if indicator.kind == Kind.INTENT:
        return wish_of(row)
    return {column: getattr(row, column) for column in indicator.columns}


def wish_of(row: Worker) -> dict[str, Any]:
    wish = intents.of(row)
    return {name: getattr(wish, name) for name in intents.STATED}


def wish_words(row: Worker) -> str:
    """The wish in the words that are compared; empty where there is none."""
    wish = JobIntent.objects.filter(worker=row).first()
    return intents.in_words(wish) if wish else ""


def code_digest(uuid: Any, digest: bytes, code: str) -> bytes:
    """A code speaks for one update and for what it said."""
    return salted_hmac("workers.broker_update", f"{uuid.hex}:{digest.hex()}:{code}", algorithm="sha256").digest()
