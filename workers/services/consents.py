"""Consents purpose by purpose, and the grants under which somebody sees the phone number."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import require

from .. import policies
from ..enums import VERSIONS, Purpose
from ..models import Consent, ContactGrant, JobIntent, Worker
from . import intents


def has_consent(worker: Worker, purpose: Purpose) -> bool:
    """Agreed, not withdrawn, and to the text that is shown now."""
    return Consent.objects.live().filter(worker=worker, purpose=purpose).exists()


@transaction.atomic
def give_consent(worker: Worker, purpose: Purpose, *, by: Any, at: datetime) -> Consent:
    """The worker agrees to one purpose, in the present version of its text. A second time changes nothing."""
    require(policies.is_self(by, worker), _("只有本人可以同意。"))
    Worker.objects.select_for_update().get(pk=worker.pk)
    live = Consent.objects.filter(worker=worker, purpose=purpose, withdrawn_at__isnull=True).first()
    if live is not None and live.version == VERSIONS[purpose]:
        return live
    if live is not None:
        Consent.objects.filter(pk=live.pk).update(withdrawn_at=at)
    given = Consent.objects.create(worker=worker, purpose=purpose, version=VERSIONS[purpose], given_at=at)
    audit.record("workers.consent", worker, by=by, at=at, purpose=str(purpose), version=given.version)
    intents.follow(Worker.objects.get(pk=worker.pk), at=at)
    return given


@transaction.atomic
def ask_again() -> int:
    """After a text got a new version: whoever agreed to an older one is not recommended until they agree to this.

    Other readers ask for the version themselves; a wish keeps a copy. Returns how many people it concerns.
    """
    outdated = JobIntent.objects.none()
    for purpose in intents.TO_BE_RECOMMENDED:
        agreed = Consent.objects.live().filter(purpose=purpose)
        outdated |= JobIntent.objects.filter(recommendable=True).exclude(worker__in=agreed.values("worker"))
    return outdated.update(recommendable=False)


@transaction.atomic
def withdraw_consent(worker: Worker, purpose: Purpose, *, by: Any, at: datetime) -> None:
    """As easy as giving it (PIPL art. 15); no service is refused for it (art. 16)."""
    require(policies.is_self(by, worker), _("只有本人可以撤回。"))
    live = Consent.objects.filter(worker=worker, purpose=purpose, withdrawn_at__isnull=True)
    if live.update(withdrawn_at=at):
        if purpose == Purpose.CONTACT:
            ContactGrant.objects.filter(worker=worker, withdrawn_at__isnull=True).update(withdrawn_at=at)
        audit.record("workers.consent_withdrawn", worker, by=by, at=at, purpose=str(purpose))
        intents.follow(Worker.objects.get(pk=worker.pk), at=at)


@transaction.atomic
def grant_contact(
    worker: Worker, *, occasion: str, by: Any, at: datetime, broker: Any = None, employer: Any = None
) -> ContactGrant:
    """The worker lets one broker or one employer see the phone number; `occasion` names why ("jobs.application:12")."""
    require(policies.is_self(by, worker), _("只有本人可以让别人看到电话。"))
    Worker.objects.select_for_update().get(pk=worker.pk)
    live = ContactGrant.objects.filter(worker=worker, broker=broker, employer=employer, withdrawn_at__isnull=True)
    grant = live.first()
    if grant is None:
        grant = ContactGrant.objects.create(
            worker=worker, broker=broker, employer=employer, occasion=occasion, granted_at=at
        )
        grantee = {"broker": broker.pk} if broker else {"employer": employer.pk}
        audit.record("workers.contact_granted", worker, by=by, at=at, occasion=occasion, **grantee)
    return grant


@transaction.atomic
def withdraw_contact(grant: ContactGrant, *, by: Any, at: datetime) -> None:
    require(policies.is_self(by, grant.worker), _("只有本人可以收回。"))
    if ContactGrant.objects.filter(pk=grant.pk, withdrawn_at__isnull=True).update(withdrawn_at=at):
        audit.record("workers.contact_withdrawn", grant.worker, by=by, at=at, grant=grant.pk)
