"""王伟's row and what tests of the registry share."""

import pytest

from core.crypto import id_check_character
from workers import services
from workers.enums import Evidence, MandateScope, Source

# Address code 500199 was never issued, so the number belongs to nobody.
BODY = "50019919830412001"
ID_NUMBER = BODY + id_check_character(BODY)


@pytest.fixture
def worker(wang_wei, at):
    """王伟, registered with name, ID number and a home in 江津区."""
    row = services.for_user(wang_wei, at=at)
    services.identify(wang_wei, full_name="王伟", id_number=ID_NUMBER, by=wang_wei, at=at)
    services.record(row, {"hukou_division": "500116001"}, source=Source.POLICE, by=None, at=at)
    row.refresh_from_db()
    return row


@pytest.fixture
def mandate(worker, du_gaotian, at):
    """杜高田 may update 王伟's profile and look for work for him."""
    return services.grant_mandate(
        worker,
        du_gaotian,
        scope=[MandateScope.PROFILE, MandateScope.JOBS],
        evidence=Evidence.SMS_CODE,
        by=worker.user,
        at=at,
    )
