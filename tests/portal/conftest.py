"""The demonstration, seeded once for all tests of a module that only need it to be there."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """The whole demonstration with a small population, in a transaction that is rolled back after the module.

    Each test works in a savepoint of its own inside of it, as pytest-django makes one for every test, so none sees
    what another did, in whatever order. It yields the folder of the uploaded files.
    """
    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock():
        seeding = transaction.atomic()
        seeding.__enter__()
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("django.conf.settings.MEDIA_ROOT", files)
                call_command("seed_demo", workers=400, seed=7, verbosity=0)
            connection.check_constraints()  # what waits for the commit happens here, not again after each test
        except BaseException:
            _roll_back(seeding)
            raise
    yield files
    with django_db_blocker.unblock():
        _roll_back(seeding)


def _roll_back(seeding: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    seeding.__exit__(None, None, None)
