"""The broker's screen and the worker's one tap, as they are met in a browser without a script."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import SmsMessage
from workers import services
from workers.enums import Source
from workers.freshness import updating
from workers.indicators import BY_CODE
from workers.models import BrokerUpdate, Provenance, Worker
from workers.rights import copying, erasing

pytestmark = pytest.mark.django_db
QUEUE = reverse("jobs:freshness")
FILLED = {"trade": "cook", "employment_status": "1", "intent_unit": "month"}


@pytest.fixture
def client_mandate(worker, du_gaotian):
    now = timezone.now()
    return services.grant_mandate(worker, du_gaotian, scope=["profile"], evidence="sms", by=worker.user, at=now)


@pytest.fixture
def broker(client_mandate, du_gaotian, client_of):
    return client_of(du_gaotian)


@pytest.fixture
def me(client_mandate, worker, client_of):
    return client_of(worker.user)


def words(answer):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def info(worker):
    return reverse("workers:client_profile", args=[worker.worker_no])


def confirm(worker):
    return reverse("workers:confirm_update", args=[worker.worker_no])


def page_of(update):
    return reverse("workers:broker_update", args=[update.pk])


def code():
    return re.search(r"\d{6}", SmsMessage.objects.filter(event=updating.EVENT).latest("pk").text.open())[0]


def source_of(worker, name):
    return Provenance.objects.get(worker=worker).sources[BY_CODE[name].number - 1]


def test_from_the_queue_over_one_screen_to_the_code(broker, worker):
    page = broker.get(QUEUE)
    assert "还没有说过" in words(page) and info(worker) in page.text
    saved = broker.post(info(worker), FILLED, follow=True)
    assert "等本人确认" in words(saved) and "已登记2项" in words(saved)
    wrong = broker.post(confirm(worker), {"code": f"{(int(code()) + 1) % 1_000_000:06}"})
    assert "验证码不对" in words(wrong) and 'value="cook" selected' in wrong.text
    right = broker.post(confirm(worker), {"code": code()}, follow=True)
    assert "本人已确认" in words(right) and "等本人确认" not in words(right)
    assert source_of(worker, "trade") == Source.BROKER_CONFIRMED


def test_all_asked_and_nothing_changed_is_one_tick(broker, worker, at):
    services.record(worker, {"trade": "cook", "monthly_income": 600_000}, source=Source.WORKER, by=worker.user, at=at)
    unchanged = {"trade": "cook", "intent_unit": "month"}
    assert "没有改动" in words(broker.post(info(worker), unchanged, follow=True))
    assert not BrokerUpdate.objects.exists()
    broker.post(info(worker), {**unchanged, "rest": "same"})
    update = BrokerUpdate.objects.get()
    assert update.numbers == [BY_CODE["trade"].number]  # never the income, whose value a broker does not see
    broker.post(confirm(worker), {"code": code()})
    place = BY_CODE["trade"].number - 1
    held = Provenance.objects.get(worker=worker)
    assert (held.sources[place], held.observed[place] > 9_600) == (Source.BROKER_CONFIRMED, True)


def test_the_page_says_honestly_what_is_not_shown_yet(broker, worker):
    services.record(worker, {"trade": "electrician"}, source=Source.WORKER, by=worker.user, at=timezone.now())
    page = broker.post(info(worker), FILLED, follow=True)
    assert "主要工种：先以原来的为准" in words(page)
    assert "就业状态：已登记为你填写" in words(page)


def test_one_tap_on_ones_own_first_page(broker, me, worker):
    broker.post(info(worker), FILLED)
    first = me.get("/me/")
    assert "杜高田替你更新了2项，请确认" in words(first) and "厨师" in words(first)
    update = BrokerUpdate.objects.get()
    done = me.post(page_of(update), {"answer": "right"}, follow=True)
    assert "已按你确认的登记" in words(done)
    assert source_of(worker, "trade") == Source.BROKER_CONFIRMED
    assert "请确认" not in words(me.get("/me/"))
    assert "等本人确认" not in words(broker.get(info(worker)))


def test_a_no_drops_the_values_and_opens_the_way_to_put_them_right(broker, me, worker):
    broker.post(info(worker), FILLED)
    update = BrokerUpdate.objects.get()
    done = me.post(page_of(update), {"answer": "wrong"}, follow=True)
    assert Worker.objects.get(pk=worker.pk).trade == ""
    assert "恢复原样" in words(done)
    assert all(reverse("workers:page", args=[page]) in done.text for page in ("skills", "work"))
    assert "先行办理" in words(me.post(page_of(update), {"answer": "right"}, follow=True))
    assert source_of(worker, "trade") == 0


def test_nobody_elses_update_opens(broker, worker, li_fang, fengjie_broker, du_gaotian, client_of, at):
    broker.post(info(worker), FILLED)
    update = BrokerUpdate.objects.get()
    services.for_user(li_fang, at=at)
    for method in ("get", "post"):
        assert getattr(client_of(li_fang), method)(page_of(update), {"answer": "right"}).status_code == 404
        assert getattr(client_of(du_gaotian), method)(page_of(update), {"answer": "right"}).status_code == 403
    assert client_of(fengjie_broker).post(confirm(worker), {"code": code()}).status_code == 404
    assert BrokerUpdate.objects.get().state == "waiting"


def test_looking_at_the_question_answers_nothing(broker, me, worker):
    broker.post(info(worker), FILLED)
    update = BrokerUpdate.objects.get()
    me.get(page_of(update), {"answer": "right"})
    me.post(page_of(update), {"answer": "<script>"})
    broker.get(confirm(worker), {"code": code()})
    assert BrokerUpdate.objects.get().state == "waiting"


def test_an_update_stands_in_the_copy_and_goes_with_the_person(worker, client_mandate, du_gaotian, jiangjin_official):
    now = timezone.now() + timedelta(minutes=1)
    updating.state(worker, {"job_intent": {"wants_job": True, "trade": "cook"}}, by=du_gaotian, at=now)
    copy = copying.compose(copying.person_of(worker.user), at=now, opened=True)["tables"]
    assert copy["broker_updates"]["rows"][0]["state"]["value"]["code"] == "waiting"
    erasing.erase(worker, by=jiangjin_official, at=now)
    assert not BrokerUpdate.objects.exists()


def test_the_queue_asks_the_same_few_queries_for_more_people(broker, du_gaotian, queries_do_not_grow, at):
    def add():
        for n in range(10):
            row = Worker.objects.create(full_name=f"王{n}", created_at=at)
            services.mandates.make_mandate(
                row, du_gaotian, scope=["profile"], evidence="counter", by=du_gaotian, at=timezone.now()
            )

    queries_do_not_grow(broker, QUEUE, add)
