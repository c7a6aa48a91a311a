"""The ranking: who appears in it, in which order, and that it stays bounded."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.calendar import local_day
from jobs import candidates, limits, services
from workers.models import JobIntent, Worker

pytestmark = pytest.mark.django_db


def names(ranking):
    return [candidate.worker.full_name for candidate in ranking.candidates]


def test_the_best_fit_comes_first(vacancy, make_seeker, du_gaotian, at):
    make_seeker("远", trade="plumber", experience_months=0)
    make_seeker("近", trade="electrician")
    make_seeker("会", trade="plumber", other_trades=["electrician"])
    assert names(candidates.rank(vacancy, du_gaotian, at=at)) == ["近", "会", "远"]


def test_other_trades_other_districts_and_the_unwilling_do_not_appear(vacancy, make_seeker, du_gaotian, at):
    make_seeker("厨师", trade="cook")
    make_seeker("奉节", division="500236001")
    make_seeker("不愿", recommendable=False)
    make_seeker("有活", wants=False)
    assert candidates.rank(vacancy, du_gaotian, at=at).candidates == []


def test_who_applied_was_offered_or_found_work_lately_does_not_appear(
    make_vacancy, make_seeker, li_fang, seeker, wang_wei, du_gaotian, at
):
    wanted, other = make_vacancy(), make_vacancy()
    applied = make_seeker("李芳", user=li_fang)
    services.apply(wanted, applied, by=li_fang, at=at)
    services.recommend(wanted, [make_seeker("问过").pk], by=du_gaotian, at=at)
    services.hire(services.apply(other, seeker, by=wang_wei, at=at), by=du_gaotian, at=at)
    assert names(candidates.rank(wanted, du_gaotian, at=at)) == []
    later = at + timedelta(days=limits.on(at.date()).settling_days + 1)
    assert names(candidates.rank(other, du_gaotian, at=later)) != []


def test_nobody_under_sixteen_appears(vacancy, make_seeker, du_gaotian, at):
    child = make_seeker("小张")
    Worker.objects.filter(pk=child.pk).update(birth_date=local_day(at) - timedelta(days=15 * 365))
    assert names(candidates.rank(vacancy, du_gaotian, at=at)) == []


def test_the_township_decides_between_equals(vacancy, make_seeker, du_gaotian, at):
    make_seeker("外镇", division="500116002")
    make_seeker("本镇", division="500116001")
    first, second = candidates.rank(vacancy, du_gaotian, at=at).candidates
    assert (first.worker.full_name, second.worker.full_name) == ("本镇", "外镇")
    assert first.score.total > second.score.total


def test_a_broker_of_one_township_sees_its_people_only(vacancy, make_seeker, du_gaotian, at):
    du_gaotian.jurisdictions.set(["500116001"])
    make_seeker("外镇", division="500116002")
    make_seeker("本镇", division="500116001")
    assert names(candidates.rank(vacancy, du_gaotian, at=at)) == ["本镇"]


@pytest.mark.parametrize(
    ("narrowing", "left"),
    [
        ({"same_trade": True}, {"持证", "旧"}),
        ({"certified": True}, {"持证", "水暖"}),
        ({"available": True}, {"持证", "旧", "水暖"}),
        ({"fresh": True}, {"持证", "水暖", "等等"}),
    ],
)
def test_narrowing_keeps_who_fits(vacancy, make_seeker, du_gaotian, at, narrowing, left):
    day = local_day(at)
    make_seeker("持证")
    make_seeker("旧", skill_level="", verified_on=day - timedelta(days=90))
    make_seeker("水暖", trade="plumber")
    make_seeker("等等", trade="plumber", skill_level="", available_on=day + timedelta(days=9))
    ranking = candidates.rank(vacancy, du_gaotian, at=at, narrowing=candidates.Narrowing(**narrowing))
    assert set(names(ranking)) == left


def test_sex_and_ethnicity_do_not_move_anybody_in_the_ranking(vacancy, make_seeker, du_gaotian, at):
    for number in range(12):
        make_seeker(f"甲{number}", experience_months=number * 10)
    before = names(candidates.rank(vacancy, du_gaotian, at=at))
    Worker.objects.filter(pk__in=Worker.objects.order_by("pk")[:6]).update(sex="2", ethnicity="15", minor_children=3)
    Worker.objects.filter(sex="").update(sex="1", ethnicity="01", marital_status="20")
    assert names(candidates.rank(vacancy, du_gaotian, at=at)) == before


def test_the_pool_is_bounded_and_so_are_the_queries(vacancy, make_seeker, du_gaotian, at, monkeypatch):
    monkeypatch.setattr(candidates, "POOL", 5)
    for number in range(9):
        make_seeker(f"甲{number}")
    with CaptureQueriesContext(connection) as asked:
        ranking = candidates.rank(vacancy, du_gaotian, at=at)
    assert ranking.weighed == 5
    assert len(asked) <= 5


def test_the_prefilter_reads_one_index_of_the_narrow_table(vacancy, du_gaotian, at):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    rows = candidates.reachable(vacancy, du_gaotian, local_day(at)).filter(trade="electrician")
    assert "workers_intent_matching" in rows.explain()
    assert JobIntent._meta.db_table in rows.explain()
