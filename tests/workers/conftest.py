"""王伟's row and what tests of the registry share."""

from datetime import date

import pytest

from core.crypto import blind_index, id_check_character
from core.models import Parameter
from workers import services
from workers.enums import Evidence, MandateScope, Source
from workers.models import Provenance, Worker
from workers.precedence import day_number

from .filed import BEGAN, Files, id_number

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


@pytest.fixture
def files(db):
    return Files()


@pytest.fixture
def person(db):
    """Somebody whom the first load knew, with a name and an education that the worker had stated."""

    def make(number: int, *, education="80", source=3, day=date(2025, 1, 1), **columns) -> Worker:
        sources, observed = [0] * 65, [0] * 65
        for place, who in ((0, 12), (1, 12), (17, source)):
            sources[place], observed[place] = who, day_number(day)
        values = {"full_name": f"测试{number}", "name_pinyin": "ce shi", "education": education, **columns}
        row = Worker.objects.create(
            id_number=id_number(number),
            id_number_index=blind_index("id_number", id_number(number)),
            created_at=BEGAN,
            **values,
        )
        Provenance.objects.create(worker=row, sources=sources, observed=observed)
        return row

    return make


@pytest.fixture
def parameter(db):
    """`parameter(key, number)`, taken back afterwards: parameters outlive a test that really commits."""
    before = dict(Parameter.objects.filter(key__startswith="workers.").values_list("pk", "value"))
    yield lambda key, number: Parameter.objects.filter(key=f"workers.{key}").update(value=number)
    for pk, value in before.items():
        Parameter.objects.filter(pk=pk).update(value=value)
