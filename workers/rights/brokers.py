"""What the tables of brokers' updates and of mandates on paper hold of a person, and how it is erased."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as lazy

from core import files
from core.models import StoredFile

from ..models import BrokerUpdate, MandateClaim, Worker
from ..services.lookups import FOUND
from ..services.standing import group_of
from .registry import Person, eraser, export, looks


def _updates(person: Person) -> QuerySet:
    return BrokerUpdate.objects.filter(worker__in=person.rows).order_by("pk")


def _claims(person: Person) -> QuerySet:
    return MandateClaim.objects.filter(worker__in=person.rows).order_by("pk")


export("broker_updates", BrokerUpdate, _updates)
export("mandate_claims", MandateClaim, _claims)
looks(
    "workers.worker",
    {FOUND: lazy("在本地找到了你（只看到姓和区县）")},
    lambda person: [str(pk) for pk in person.rows],
)


@eraser
def forget_what_brokers_wrote(worker: Worker, at: datetime) -> None:
    """The updates hold the wish for work as it was, and the papers a name and a signature."""
    rows = group_of(worker)
    BrokerUpdate.objects.filter(worker__in=rows).delete()
    claims = MandateClaim.objects.filter(worker__in=rows)
    papers = list(StoredFile.objects.filter(pk__in=claims.values("photo")))
    claims.delete()
    StoredFile.objects.filter(pk__in=[one.pk for one in papers]).delete()
    transaction.on_commit(lambda: [files.path_of(one).unlink(missing_ok=True) for one in papers])
