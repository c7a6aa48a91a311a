"""The officials' first screen shows every matter's work, and its counts are those of the lists."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from employers.models import Employer
from housing import desk as housing_desk
from jobs.models import Vacancy
from portal import desk
from workers import desk as registry_desk
from workers import services
from workers.disputes import filing
from workers.enums import Source
from workers.indicators import BY_CODE
from workers.models import FeedBatch, FeedState, TwinPair, Worker
from workers.rights import erasing


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


@pytest.fixture
def disputed(wang_wei, at):
    """王伟 of 江津区 disputes his education, due in some days, and asks to be erased."""
    row = services.for_user(wang_wei, at=at)
    services.record(row, {"hukou_division": "500116001"}, source=Source.POLICE, by=None, at=at)
    services.record(row, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    row.refresh_from_db()
    return filing.file(row, BY_CODE["education"], "60", reason="我读完了高中", by=wang_wei, at=at)


def words(user):
    return {one.word: one for one in registry_desk.waiting(user)}


def test_disputes_wait_with_their_nearest_deadline_for_those_of_the_place(
    disputed, jiangjin_official, fengjie_official, city_official, client_of
):
    for official in (jiangjin_official, city_official):
        assert (words(official)["更正申请"].number, words(official)["更正申请"].nearest) == (1, disputed.due_on)
    assert words(fengjie_official) == {}
    page = client_of(jiangjin_official).get("/admin/").text
    assert "更正申请" in page and "超期" in page.split("还有等着办的")[1]


def test_what_somebody_proposed_waits_for_the_others(wang_wei, jiangjin_official, city_official, at):
    row = services.for_user(wang_wei, at=at)
    services.record(row, {"hukou_division": "500116001"}, source=Source.POLICE, by=None, at=at)
    row.refresh_from_db()
    request = erasing.file(row, by=wang_wei, at=at)
    assert words(jiangjin_official)["删除申请"].nearest == request.due_on
    erasing.propose(request, by=jiangjin_official, at=at, reason="核对无在办事项")
    assert "删除申请" not in words(jiangjin_official)
    assert words(city_official)["删除申请"].number == 1


def test_previews_wait_for_the_city_and_say_until_when(city_official, jiangjin_official, auditor, at):
    FeedBatch.objects.create(
        source=Source.EDUCATION,
        state=FeedState.CHECKED,
        name="x.csv",
        digest=b"x" * 32,
        size_bytes=1,
        observed_on=at.date(),
        uploaded_at=at,
        heartbeat_at=at,
    )
    for user in (city_official, auditor):
        assert words(user)["部门数据待确认"].nearest == (at + timedelta(days=30)).date()
    assert words(jiangjin_official) == {}


def test_pairs_wait_by_what_is_to_be_done_and_never_ones_own_proposal(city_official, jiangjin_official, at):
    rows = [Worker.objects.create(full_name=f"冉{n}", hukou_division="500116001", created_at=at) for n in range(6)]
    for state, (a, b), by in (
        ("open", rows[0:2], None),
        ("same", rows[2:4], jiangjin_official),
        ("parting", rows[4:6], city_official),
    ):
        decided = {"decided_by": by, "decided_at": at} if by else {}
        TwinPair.objects.create(
            worker_a=a, worker_b=b, reasons=[], score=50, keys="", state=state, found_at=at, **decided
        )
    assert set(words(jiangjin_official)) == {"疑似重复登记", "撤销合并待复核"}
    assert set(words(city_official)) == {"疑似重复登记", "合并待复核"}


def test_the_page_of_one_room_lists_its_lists_and_claims_nothing_about_work(official, client_of):
    page = client_of(official).get("/admin/wages/").content.decode()
    assert "/admin/wages/wagecode/" in page
    assert "没有等你办的案件" not in page and "我的待办" not in page


def test_the_way_back_of_every_list_leads_to_the_work(official, client_of):
    page = client_of(official).get("/admin/jobs/vacancy/").content.decode()
    assert '<a href="/admin/">待办</a>' in page and "首页" not in page
