"""Messages about an application whose worker was erased meanwhile find nobody to tell, and leave the outbox."""

import pytest

from accounts.models import Notice
from core import outbox
from core.models import OutboxMessage
from jobs.models import Application, Recommendation
from workers.rights import registry

pytestmark = pytest.mark.django_db
OFFERS = ("jobs.offered", "jobs.accepted", "jobs.declined")
APPLICATIONS = ("jobs.applied", "jobs.hired", "jobs.unhired", "jobs.rejected")


@pytest.mark.parametrize("topic", [*OFFERS, *APPLICATIONS])
def test_a_message_that_comes_after_the_erasure_is_done_with(topic, vacancy, seeker, du_gaotian, at):
    if topic in OFFERS:
        row = Recommendation.objects.create(
            vacancy=vacancy,
            worker=seeker,
            division=vacancy.division_id,
            broker=du_gaotian,
            score=50,
            offered_at=at,
            answer_by=at.date(),
        )
    else:
        row = Application.objects.create(
            vacancy=vacancy,
            worker=seeker,
            division=vacancy.division_id,
            source="broker",
            applied_at=at,
            applied_by=du_gaotian,
        )
    OutboxMessage.objects.all().delete()
    outbox.put(topic, row, at=at, hired_on=at.date().isoformat())
    registry.erase_elsewhere(seeker, at)
    before = Notice.objects.count()
    outbox.drain(at=at)
    assert not OutboxMessage.objects.filter(topic=topic, done_at__isnull=True).exists()
    assert Notice.objects.count() == before
