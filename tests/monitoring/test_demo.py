"""The demo's reports: a year of them, honest about how its past is made."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts import demo as people
from accounts.models import User
from core import outbox
from core.errors import NotAllowed
from monitoring import demo, services
from monitoring.enums import Origin, ReportState
from monitoring.figures.registry import Facts
from monitoring.models import Report
from monitoring.periods import parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded(registry, november, city_official):
    type(city_official).objects.filter(pk=city_official.pk).update(username="city")
    demo.seed(rng_seed=1, at=november, scale=600)


def test_there_are_thirteen_published_months_and_a_draft_of_the_running_one(seeded):
    published = Report.objects.published().order_by("period")
    assert [published.first().period, published.last().period, published.count()] == ["2025-10", "2026-10", 13]
    assert Report.objects.get(state=ReportState.DRAFT).period == "2026-11"


def test_seeding_again_changes_nothing(seeded, november):
    before = list(Report.objects.order_by("pk").values())
    demo.seed(rng_seed=1, at=november, scale=600)
    assert list(Report.objects.order_by("pk").values()) == before


def test_a_made_up_past_says_so_on_its_page(seeded, client):
    assert Report.objects.get(period="2026-10").origin == Origin.DEMO
    assert "合成历史" in client.get("/reports/2025-10/").content.decode()
    assert "合成历史" not in client.get("/reports/2026-10/").content.decode()


def test_nothing_of_it_exists_outside_a_demo(registry, november, settings):
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        demo.seed(rng_seed=1, at=november, scale=600)
    assert not Report.objects.exists()


def test_incomes_move_back_by_what_the_survey_published():
    now = Facts(people=100, earners=100, earnings_fen=588_000_00, months=100)
    builders = demo.moved_back(12)("industry", "construction", now)
    assert round(builders.earnings_fen / builders.months / 100) == 5_743
    assert demo.moved_back(12)("migration", "local", now).earnings_fen == round(now.earnings_fen * 4291 / 4376)
    assert demo.moved_back(6)("industry", "construction", now).earnings_fen > builders.earnings_fen
    assert builders._replace(earnings_fen=0) == now._replace(earnings_fen=0)


def test_what_the_first_official_of_the_city_orders_the_second_publishes(registry, november):
    people.seed(at=november)
    city, second = (User.objects.get(username=name) for name in ("city", "city2"))
    services.order_build(parse("2026-10"), by=city, at=november)
    outbox.drain(at=november)
    report = Report.objects.get()
    with pytest.raises(NotAllowed):
        services.publish(report, by=city, at=november)
    assert services.publish(report, by=second, at=november).state == ReportState.PUBLISHED
