"""Sensitive values, and those about minors (PIPL arts 28, 29, 31): on what ground anybody but the person reads them.

What a department registered rests on its statutory duty (arts 13 (3), 34) and is read by officials whatever the person
agreed to. What the person told the portal rests on their consent alone. Brokers and employers read neither.
"""

from .enums import Purpose, Source
from .held import held_source
from .indicators import Indicator, Privacy
from .models import Consent, Worker

KINDS = frozenset({Privacy.SENSITIVE, Privacy.MINOR})


def is_sensitive(indicator: Indicator) -> bool:
    return indicator.privacy in KINDS


def is_withheld(worker: Worker, indicator: Indicator, by: Source | None = None) -> bool:
    """Whether this value is nobody's but the person's: told by them, or by a broker for them, without live consent.

    The value that is shown, or the one that `by` said.
    """
    if not is_sensitive(indicator):
        return False
    source = by or held_source(worker, indicator)
    if source is None or source.is_department:
        return False
    if "_agreed_sensitive" not in worker.__dict__:  # once per loaded row, like the outcome
        given = Consent.objects.live().filter(worker=worker, purpose=Purpose.SENSITIVE)
        worker.__dict__["_agreed_sensitive"] = given.exists()
    return not worker.__dict__["_agreed_sensitive"]
