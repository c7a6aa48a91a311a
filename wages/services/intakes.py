"""The record of who typed a complaint for somebody; written with the filing, in its transaction."""

from datetime import datetime
from typing import Any

from core import audit

from ..enums import Channel, EvidenceKind, ProofOfWord
from ..models import Case, Draft, Evidence, Intake


def write(case: Case, draft: Draft, *, proof: ProofOfWord, mandate: Any, by: Any, at: datetime) -> Intake:
    """The signed record becomes a piece of evidence like any other, so reading it is noted."""
    record = None
    if draft.record is not None:
        stored, draft.record = draft.record, None
        draft.save(update_fields=["record"])
        kind = EvidenceKind.PHOTO if stored.content_type.startswith("image/") else EvidenceKind.PAPER
        record = Evidence.objects.create(case=case, stored=stored, kind=kind, added_at=at, added_by=by)
    intake = Intake.objects.create(
        case=case, channel=draft.channel, entered_by=by, mandate=mandate, proof=proof, record=record, at=at
    )
    verb = "typed_by_broker" if draft.channel == Channel.BROKER else "typed_by_official"
    audit.record(verb, case, by=by, at=at, channel=draft.channel, proof=proof.value)
    return intake
