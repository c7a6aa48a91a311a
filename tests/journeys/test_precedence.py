"""How much a source counts, changed at the city's desk: the table, whom it touches, in force, and back."""

import pytest
from django.utils import timezone

from workers import services
from workers.enums import Source
from workers.models import RankChange
from workers.ranking import rank_changes

from .steps import sign_in_at_the_desk
from .world import WORKER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SMALL = {"width": 360, "height": 640}


@pytest.fixture
def disputed(world, people, at):
    """Two departments know 王伟's education differently."""
    row = world.identified(people[WORKER])
    services.record(row, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    services.record(row, {"education": "20"}, source=Source.HUMAN_RESOURCES, by=None, at=at)
    return row


@pytest.mark.parametrize("screen", [{"width": 1280, "height": 800}, SMALL], ids=["desk", "phone"])
def test_a_rank_is_changed_and_set_back(visit, disputed, totp, screen):
    desk = visit(javascript=False, **screen)
    sign_in_at_the_desk(desk, "city", totp)
    desk.goto("/admin/workers/precedence/")
    desk.follow("教育技能")
    desk.follow("学历")
    desk.fill("人社部门", "90")
    desk.tap("看看会改变多少人")
    assert "请改正下面的错误" in desk.text()
    desk.fill("理由", "教育部门的数据晚了一年")
    desk.tap("看看会改变多少人")
    assert "排队中" in desk.text()
    change = RankChange.objects.get()
    rank_changes.run(change.pk, now=timezone.now)
    desk.follow("现在刷新")
    assert "1 人 显示的内容会改变" in desk.text() and disputed.worker_no in desk.text()
    desk.follow("按新等级生效")
    desk.tap("按新等级生效")
    rank_changes.run(change.pk, now=timezone.now)
    desk.follow("现在刷新")
    disputed.refresh_from_db()
    assert disputed.education == "20" and "改变了 1 人显示的内容" in desk.text()

    desk.follow("改回原来的等级")
    desk.fill("理由", "核实后改回")
    desk.tap("看看会改变多少人")
    back = rank_changes.run(RankChange.objects.latest("pk").pk, now=timezone.now)
    desk.follow("现在刷新")
    desk.follow("按新等级生效")
    desk.tap("按新等级生效")
    rank_changes.run(back.pk, now=timezone.now)
    disputed.refresh_from_db()
    assert disputed.education == "70"
