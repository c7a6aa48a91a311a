"""Reading effective-dated policy parameters. Law is data with a source, not a constant in the code."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from . import audit, calendar, rows
from .errors import refuse_unless
from .models import Parameter


class NoParameter(LookupError):
    """No row of the key is in force on that day."""


def get(key: str, *, on: date) -> Parameter:
    """The row of `key` in force on `on`. Raises `NoParameter`."""
    row = rows.first(Parameter, "key = %s AND valid_from <= %s ORDER BY valid_from DESC LIMIT 1", [key, on])
    if row is None:
        raise NoParameter(f"no parameter {key} on {on}")
    return row


def get_many(*prefixes: str, on: date) -> dict[str, Parameter]:
    """All rows in force whose key begins with one of these, by key, in one query."""
    wanted = Q(pk__in=[])
    for prefix in prefixes:
        wanted |= Q(key__startswith=prefix)
    rows = Parameter.objects.filter(wanted, valid_from__lte=on)
    return {row.key: row for row in rows.order_by("key", "valid_from")}


def check_new(row: Parameter, *, at: datetime) -> None:
    """Raise `Refusal` unless `row` is a new version of a known key, of its kind, in force from today or later."""
    known = Parameter.objects.filter(key=row.key).order_by("-valid_from").first()
    refuse_unless(known is not None, _("没有这个参数，只能给已有的参数加新版本。"), field="key")
    # A word where the rules calculate with a number would stop every page that reads it.
    same_kind = type(row.value) is type(known.value)
    refuse_unless(same_kind, _("值的种类要和现行版本一样：{value}").format(value=known.value), field="value")
    future = row.valid_from >= calendar.local_day(at)
    refuse_unless(future, _("起用日期不能早于今天，已作出的决定不受影响。"), field="valid_from")
    taken = Parameter.objects.filter(key=row.key, valid_from=row.valid_from).exists()
    refuse_unless(not taken, _("这一天已经有一个版本。"), field="valid_from")


@transaction.atomic
def add(row: Parameter, *, by: Any, at: datetime) -> Parameter:
    """Put a new version in force. Old rows stay, because decisions name the one they used."""
    check_new(row, at=at)
    row.save(force_insert=True)
    audit.record("parameters.added", row, by=by, at=at, version=row.version)
    return row


def seed(apps: Any, rows: list[dict]) -> None:
    """Add a migration's rows; one that an official has edited since is left as it is."""
    model = apps.get_model("core", "Parameter")
    for row in rows:
        identity = {"key": row["key"], "valid_from": row["valid_from"]}
        model.objects.get_or_create(**identity, defaults={k: v for k, v in row.items() if k not in identity})
