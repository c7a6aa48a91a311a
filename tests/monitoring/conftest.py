"""Reports to look at."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitoring import services
from monitoring.periods import parse

from .people import DISTRICTS, populate

CHONGQING = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def november() -> datetime:
    """The night in which October's report is built."""
    return datetime(2026, 11, 2, 1, 30, tzinfo=CHONGQING)


@pytest.fixture
def registry(db, november):
    """600 people recorded over two years."""
    homes = [f"{code}001" for code in (*DISTRICTS, "500112")]
    return populate(600, seed=3, homes=homes, registered=lambda draw: november - timedelta(days=draw.randrange(2, 730)))


@pytest.fixture
def october(registry, november, city_official):
    """October and the two months beside it, published."""
    for period in ("2025-10", "2026-09"):
        services.publish(services.build(parse(period), by=None, at=november), by=city_official, at=november)
    return services.publish(services.build(parse("2026-10"), by=None, at=november), by=city_official, at=november)
