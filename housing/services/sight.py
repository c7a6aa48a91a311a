"""Looking at what is sealed is an act: it is recorded before anything is shown."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import refuse_unless, require

from .. import policies
from ..models import Document, HouseholdMember


def reveal(member: HouseholdMember, *, reason: str, by: User, at: datetime) -> tuple[str, str]:
    """Name and ID number of a household member, for a stated reason."""
    require(policies.may_reveal(by, member.application), _("这份申请不归你管辖。"))
    refuse_unless(bool(reason.strip()), _("请写明为什么要看。"), field="reason")
    with transaction.atomic():
        audit.record("reveal", member.application, by=by, at=at, reason=reason, member=member.pk)
    return member.name.open(), member.id_number.open()


def note_reading(document: Document, *, by: User, at: datetime) -> None:
    """Record that somebody other than the applicant opened a paper."""
    require(policies.may_read_papers(by, document.application), _("这份材料你不能看。"))
    if not policies.owns(by, document.application):
        audit.record("read_paper", document.application, by=by, at=at, document=document.pk, kind=document.kind)
