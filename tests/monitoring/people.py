"""A small population for the figures: rows made by chance from a seed, kept beside what was written."""

import random
from datetime import date, timedelta

from workers.code_lists import Education, Industry, MigrationType, Sex
from workers.models import Worker

DISTRICTS = ("500101", "500116", "500236")
HOMES = (*(f"{code}001" for code in DISTRICTS), "330106", "")


def populate(number, *, seed, registered, homes=HOMES):
    """`number` workers recorded at the moments that `registered` yields."""
    draw = random.Random(seed)
    rows = [
        Worker(
            hukou_division=draw.choice(homes),
            sex=draw.choice([*Sex.values, ""]),
            birth_date=draw.choice([None, date(1957, 1, 1) + timedelta(days=draw.randrange(19_500))]),
            education=draw.choice([*Education.values, ""]),
            industry=draw.choice([*Industry.values, ""]),
            migration_type=draw.choice([*MigrationType.values, ""]),
            monthly_income_fen=draw.choice([None, draw.randrange(100_000, 1_200_000)]),
            months_worked=draw.choice([None, *range(13)]),
            created_at=registered(draw),
        )
        for _ in range(number)
    ]
    return Worker.objects.bulk_create(rows)
