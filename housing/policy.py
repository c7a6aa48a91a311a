"""Which rules hold on a day: the effective-dated parameters of this matter as `conditions.Limit`."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import parameters

from .conditions import Limit, Rules

if TYPE_CHECKING:
    from .models import HousingApplication

PREFIX = "housing."


def rules_on(day: date) -> Rules:
    """Every housing parameter in force on `day`, by its short name, in one query."""
    rows = parameters.get_many(PREFIX, on=day)
    return {
        key.removeprefix(PREFIX): Limit(
            value=row.value, version=row.version, article=row.source.partition("；")[0], verified=row.verified
        )
        for key, row in rows.items()
    }


def place_of(district: str, name: str, rules: Rules) -> str:
    """Where one applies, in words: all central districts together are 主城."""
    return _("主城") if district in rules["central_districts"].value else name


def is_guaranteed(application: "HousingApplication", day: date) -> bool:
    """Not chosen in three rounds: a flat is assigned without a draw (2011)."""
    return application.rounds_missed >= parameters.get("housing.rounds_until_guaranteed", on=day).number
