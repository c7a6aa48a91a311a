"""The demo: every state is there, 王伟's application waits for its preliminary review, nothing is done twice."""

import pytest

from accounts import demo as accounts_demo
from accounts import phones
from accounts.models import User
from core import audit
from core.crypto import id_check_character
from core.errors import NotAllowed
from housing import demo, services
from housing.demo.paths import PATHS
from housing.enums import State
from housing.models import Estate, HouseholdMember, HousingApplication
from workers import services as workers
from workers.code_lists import PublicHousing
from workers.models import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def population(at, settings):
    """The cast and 90 people of the registry."""
    settings.DEBUG = settings.DEMO = True  # the test runner turns both off
    accounts_demo.seed(at=at)
    star = User.objects.get(phone_index=phones.index("13800000001"))
    body = "50019919830412001"
    workers.identify(star, full_name="王伟", id_number=body + id_check_character(body), by=star, at=at)
    Worker.objects.bulk_create(
        Worker(full_name=f"冉{n}", sex="12"[n % 2], birth_date=f"19{60 + n % 40}-03-05", created_at=at)
        for n in range(90)
    )
    demo.seed(rng_seed=7, at=at, scale=0)


def test_every_state_can_be_seen(population):
    seen = set(HousingApplication.objects.values_list("state", flat=True))
    assert len(seen) >= len(PATHS) - 4
    assert {State.PRELIMINARY_REVIEW, State.FINAL_REVIEW, State.WAITING} <= seen
    assert all("（演示）" in name for name in Estate.objects.values_list("name", flat=True))


def test_the_shown_timeline_ends_in_the_state_of_the_row(population):
    for row in HousingApplication.objects.exclude(state=State.DRAFT):
        entries = list(audit.timeline(row))
        assert entries[-1].data["after"] == row.state
        assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)


def test_the_applications_of_the_demo_go_on_like_any_other(population, at):
    row = HousingApplication.objects.get(worker__user__phone_index=phones.index("13800000001"))
    assert (row.state, row.division_id) == (State.PRELIMINARY_REVIEW, "500116")
    row.worker.refresh_from_db()
    assert row.worker.public_housing == PublicHousing.IN_REVIEW
    first, second = User.objects.get(username="jiangjin"), User.objects.get(username="city")
    row = services.pass_preliminary(row, by=first, at=at)
    with pytest.raises(NotAllowed):
        services.pass_final(row, by=first, at=at)
    assert services.pass_final(row, by=second, at=at).state == State.PUBLICITY


def test_seeding_again_adds_nothing_and_the_id_numbers_are_nobodys(population, at):
    before = HousingApplication.objects.count()
    demo.seed(rng_seed=7, at=at, scale=0)
    assert HousingApplication.objects.count() == before
    assert {member.id_number.open()[:6] for member in HouseholdMember.objects.all()} == {"500199"}
