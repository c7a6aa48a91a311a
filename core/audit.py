"""Writing and reading the audit trail. `verify()` recomputes the whole chain in one SQL pass."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models

from . import rows
from .logs import current_request_id
from .models import AuditEntry

SYSTEM = "系统"


def subject_type(subject: models.Model | type[models.Model]) -> str:
    """ "wages.case": the model's label in lower case."""
    return subject._meta.label_lower


def record(verb: str, subject: models.Model, *, by: Any, at: datetime, reason: str = "", **data: Any) -> AuditEntry:
    """Add an entry in the current transaction. `data` must hold ids and codes only, no personal values."""
    entry = AuditEntry(
        at=at,
        verb=verb,
        subject_type=subject_type(subject),
        subject_id=str(subject.pk),
        actor_id=by.pk if by else None,
        actor=by.audit_name if by else SYSTEM,
        reason=reason,
        data=data,
        request_id=current_request_id(),
    )
    return rows.add(entry)


def timeline(subject: models.Model) -> models.QuerySet[AuditEntry]:
    """What happened to one row, oldest first."""
    return AuditEntry.objects.filter(subject_type=subject_type(subject), subject_id=str(subject.pk)).order_by("id")


@dataclass(frozen=True)
class Verdict:
    """The outcome of `verify`: how many entries were checked and each fault found, as a sentence."""

    entries: int
    head: int
    faults: list[str]


# Each query returns what is wrong; an untouched trail gives no row at all.
_FAULTS = {
    "entry {0} is not in the chain (inserted past the trigger)": """
        SELECT e.id FROM core_auditentry e LEFT JOIN core_auditlink l ON l.entry_id = e.id WHERE l.entry_id IS NULL
    """,
    "entry {0} was deleted": """
        SELECT l.entry_id FROM core_auditlink l LEFT JOIN core_auditentry e ON e.id = l.entry_id WHERE e.id IS NULL
    """,
    "link {0} does not follow from the one before it (changed, re-ordered or cut out)": """
        SELECT sequence FROM (
            SELECT l.sequence, l.digest, row_number() OVER w AS expected,
                   core_audit_digest(lag(l.digest, 1, sha256('')) OVER w, e) AS recomputed
            FROM core_auditlink l JOIN core_auditentry e ON e.id = l.entry_id WINDOW w AS (ORDER BY l.sequence)
        ) chain WHERE digest <> recomputed OR sequence <> expected
    """,
    "the chain ends at {0}, its anchor says otherwise (the tail was cut off)": """
        SELECT coalesce(max(l.sequence), 0) FROM core_auditlink l
        HAVING (coalesce(max(l.sequence), 0), coalesce((array_agg(l.digest ORDER BY l.sequence DESC))[1], sha256('')))
            IS DISTINCT FROM (SELECT (sequence, digest) FROM core_auditanchor WHERE id = 1)
    """,
}
_FAULTS_SHOWN = 20


def verify(*, known_heads: list[tuple[int, str]] = ()) -> Verdict:
    """Check every entry against the chain, its anchor, and heads noted elsewhere as (sequence, hex digest)."""
    faults: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0" if connection.in_atomic_block else "SET statement_timeout = 0")
        for sentence, query in _FAULTS.items():
            cursor.execute(query)
            faults += [sentence.format(row[0]) for row in cursor.fetchmany(_FAULTS_SHOWN)]
        for sequence, digest in known_heads:
            cursor.execute("SELECT encode(digest, 'hex') FROM core_auditlink WHERE sequence = %s", [sequence])
            if cursor.fetchone() != (digest,):
                faults.append(f"link {sequence} differs from the head that was noted outside the database")
        cursor.execute("SELECT count(*), (SELECT sequence FROM core_auditanchor WHERE id = 1) FROM core_auditentry")
        entries, head = cursor.fetchone()
    return Verdict(entries=entries, head=head, faults=faults)


def head() -> tuple[int, str]:
    """The chain's head as (sequence, hex digest), to be noted outside the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence, encode(digest, 'hex') FROM core_auditanchor WHERE id = 1")
        return cursor.fetchone()
