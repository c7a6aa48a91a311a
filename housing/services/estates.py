"""Estates and flats, kept by the city in the admin."""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import require

from .. import policies


@transaction.atomic
def save_estate(row: models.Model, *, by: User, at: datetime) -> models.Model:
    """Save an estate or one of its kinds of flats, with an entry in the trail."""
    require(policies.may_keep_estates(by), _("小区和租金由市级维护。"))
    verb = "change" if row.pk else "add"
    row.save()
    audit.record(verb, row, by=by, at=at)
    return row
