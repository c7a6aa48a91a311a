"""Worker and broker: finding, applying, being recommended, being called."""

import pytest

from jobs import services
from jobs.enums import RecommendationState
from jobs.models import Application, Recommendation

from .steps import prove_phone, sign_in
from .world import BROKER, WORKER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_worker_searches_signs_in_and_applies(visit, world):
    world.vacancy("厨师", "cook")
    job = world.vacancy()
    worker = visit()
    worker.goto("/jobs/")
    assert "厨师" in worker.text()
    worker.fill("搜岗位", "电工")
    worker.tap("搜索")
    assert "低压电工" in worker.text() and "厨师" not in worker.page.locator(".cards").inner_text()
    worker.follow("低压电工")
    assert worker.heading() == "低压电工"
    assert "不收任何费用" in worker.text()
    worker.follow("报名")
    prove_phone(worker, WORKER)
    assert worker.at(f"/jobs/{job.pk}/apply/")
    worker.tap("确认报名")
    assert worker.at("/me/applications/")
    assert "报名成功" in worker.text() and "低压电工" in worker.text()
    assert Application.objects.get().vacancy == job


def test_who_is_signed_in_applies_with_one_tap(visit, world):
    job = world.vacancy()
    worker = visit(javascript=False)
    sign_in(worker, WORKER, then=f"/jobs/{job.pk}/")
    worker.tap("报名")
    assert worker.at("/me/applications/")
    assert Application.objects.get().vacancy == job


def test_the_first_card_shows_pay_and_place_on_the_first_screen(visit, world):
    world.vacancy()
    worker = visit()
    worker.goto("/jobs/")
    card = worker.page.locator(".cards > *").first
    assert "¥6,500" in card.inner_text() and "江津区" in card.inner_text()
    for words in (card.locator(".amount"), card.get_by_text("江津区").first):
        box = words.first.bounding_box()
        assert box["y"] + box["height"] <= 640


def test_a_job_that_is_over_leads_to_similar_ones(visit, world, at):
    over, still = world.vacancy("塔吊电工"), world.vacancy()
    services.close(over, reason="招满了。", by=world.people[BROKER], at=at)
    worker = visit()
    with worker.page.expect_response(f"**/jobs/{over.pk}/") as answer:
        worker.goto(f"/jobs/{over.pk}/")
    assert answer.value.status == 410
    worker.follow(still.title)
    assert worker.at(f"/jobs/{still.pk}/")


def test_an_offer_is_accepted_with_one_tap(visit, world, at):
    job = world.vacancy()
    seeker = world.seeker("王伟", user=world.people[WORKER])
    services.recommend(job, [seeker.pk], by=world.people[BROKER], at=at)
    worker = visit(javascript=False)
    assert all(len(message["text"]) <= 70 for message in worker.messages(WORKER))
    sign_in(worker, WORKER, then="/me/applications/")
    assert "杜高田推荐给你" in worker.text()
    worker.tap("接受，请联系我")
    assert "已接受" in worker.text()
    assert Recommendation.objects.get().state == RecommendationState.ACCEPTED


def test_a_broker_recommends_and_calls_who_accepted(visit, world):
    """The whole way at the broker's tablet, with the worker's phone in between."""
    job = world.vacancy()
    seekers = [world.seeker(name, months=24) for name in ("陈兴国", "刘小燕", "何永红")]
    seekers.append(world.seeker("王伟", user=world.people[WORKER]))
    broker = visit(width=800, height=1280)
    sign_in(broker, BROKER, then="/broker/")
    broker.follow("低压电工")
    assert broker.at(f"/broker/vacancies/{job.pk}/")
    reasons = broker.page.locator(".candidate .why")
    assert reasons.count() == len(seekers)
    assert all(len(words.split("；")) == 3 for words in reasons.all_inner_texts())
    names = broker.page.locator(".candidate b").all_inner_texts()
    assert names[0] == "王某" and "王伟" not in broker.page.content()
    for box in broker.page.locator(".pick").all()[:3]:
        box.click()
    broker.tap("推荐给他们")
    assert "已推荐 3 人" in broker.text()
    assert broker.page.locator(".candidate").count() == len(seekers) - 3  # nobody is offered the job twice

    worker = visit()
    sign_in(worker, WORKER, then="/me/applications/")
    worker.tap("接受，请联系我")

    broker.goto("/broker/applications/")
    assert WORKER not in broker.page.content()
    broker.tap("看电话，马上联系")
    assert broker.page.locator(f'a[href="tel:{WORKER}"]').count() == 1
    worker.goto("/me/seen/")
    assert "杜高田" in worker.text()


def test_twenty_people_are_recommended_in_four_taps(visit, world):
    world.vacancy()
    for number in range(22):
        world.seeker(f"张建{'一二三四五六七八九十'[number % 10]}", months=12 + number)
    broker = visit(width=800, height=1280, javascript=False)
    sign_in(broker, BROKER, then="/broker/")
    taps = len(broker.pages_seen)
    broker.follow("低压电工")
    broker.follow("勾选前 20 人")
    broker.tap("推荐给他们")
    assert len(broker.pages_seen) - taps <= 4
    assert Recommendation.objects.count() == 20


def test_a_lost_phone_is_two_taps_from_the_sign_in(visit, people):
    worker = visit(javascript=False)
    worker.goto("/accounts/login/")
    worker.follow("换了手机号，或手机丢了")
    assert worker.page.locator("form[method=post] input:visible").count() >= 2
