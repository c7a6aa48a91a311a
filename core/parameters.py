"""Reading effective-dated policy parameters. Law is data with a source, not a constant in the code."""

from datetime import date
from typing import Any

from .models import Parameter


class NoParameter(LookupError):
    """No row of the key is in force on that day."""


def get(key: str, *, on: date) -> Parameter:
    """The row of `key` in force on `on`. Raises `NoParameter`."""
    row = Parameter.objects.filter(key=key, valid_from__lte=on).order_by("-valid_from").first()
    if row is None:
        raise NoParameter(f"no parameter {key} on {on}")
    return row


def get_many(prefix: str, *, on: date) -> dict[str, Parameter]:
    """All rows in force whose key begins with `prefix`, by key, in one query."""
    rows = Parameter.objects.filter(key__startswith=prefix, valid_from__lte=on)
    return {row.key: row for row in rows.order_by("key", "valid_from")}


def seed(apps: Any, rows: list[dict]) -> None:
    """Add a migration's rows; one that an official has edited since is left as it is."""
    model = apps.get_model("core", "Parameter")
    for row in rows:
        identity = {"key": row["key"], "valid_from": row["valid_from"]}
        model.objects.get_or_create(**identity, defaults={k: v for k, v in row.items() if k not in identity})
