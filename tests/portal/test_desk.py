"""The officials' first screen shows every matter's work, and its counts are those of the lists."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from employers.models import Employer
from housing import desk as housing_desk
from jobs.models import Vacancy
from portal import desk


@pytest.fixture
def official(db):
    call_command("seed_demo", workers=200, seed=3, verbosity=0)
    return User.objects.get(username="jiangjin")


def test_work_of_every_matter_is_on_the_first_screen(official, client_of):
    page = client_of(official).get("/admin/").content.decode()
    for row in housing_desk.work(official, at=timezone.now(), limit=desk.FLATS_SHOWN):
        assert row.number in page
    waiting = {item["word"]: item["number"] for item in desk.context(official)["waiting"]}
    assert waiting["岗位待审核"] == Vacancy.objects.filter(state="pending", division__code__startswith="500116").count()
    pending = Employer.objects.filter(state="pending", district__startswith="500116").count()
    assert waiting.get("单位待核验", 0) == pending


def test_nothing_waiting_shows_no_empty_table(jiangjin_official, client_of):
    assert "还有等着办的" not in client_of(jiangjin_official).get("/admin/").content.decode()
