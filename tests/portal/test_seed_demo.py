"""`manage.py seed_demo`: every floor in order, once, and nothing at all on a dry run."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from employers.models import Employer
from portal.management.commands.seed_demo import FLOORS
from workers.models import Worker


def seeded(**options) -> str:
    told = StringIO()
    call_command("seed_demo", workers=40, seed=5, stdout=told, **options)
    return told.getvalue()


@pytest.mark.django_db
def test_every_floor_is_seeded_once_and_a_dry_run_keeps_nothing():
    assert "nothing was kept" in seeded(dry_run=True)
    assert not User.objects.exists()
    assert not Worker.objects.exists()
    told = seeded()
    assert [line.split()[0] for line in told.splitlines()] == [*FLOORS, "all"]
    before = (User.objects.count(), Employer.objects.count(), Worker.objects.count())
    seeded()
    assert (User.objects.count(), Employer.objects.count(), Worker.objects.count()) == before


@pytest.mark.django_db
def test_a_negative_population_is_refused():
    with pytest.raises(CommandError):
        call_command("seed_demo", workers=-1)
