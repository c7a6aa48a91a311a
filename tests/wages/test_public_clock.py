"""Who waits reads the clock without signing in: what it counts, why it stands still, whom to call, what is open."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Parameter
from places.models import Place
from wages import law, public_clock, services
from wages.offices import office_of

from .conftest import PHONE, on

pytestmark = pytest.mark.django_db


def test_it_says_from_when_it_counts_how_far_it_is_and_what_the_law_is(case, at):
    clock = public_clock.read(case, today=date(2026, 3, 11))
    assert (clock.days, clock.deadline, clock.done, clock.stopped) == (3, date(2026, 3, 16), "", "")
    assert "2026年3月9日" in clock.counts and "第 2 个工作日，一共 5 个" in clock.counts
    assert "第十八条" in clock.law and "5 个工作日" in clock.duty


def test_a_late_clock_counts_the_days_of_delay(case):
    assert public_clock.read(case, today=date(2026, 3, 18)).days == -2


def test_a_stopped_clock_says_why_and_how_many_days_are_left(case, jiangjin_official, at):
    asked = services.request_supplement(case, by=jiangjin_official, at=at + timedelta(days=2), note="全称")
    clock = public_clock.read(asked, today=date(2026, 3, 20))
    assert clock.deadline is None and "已用 1 个工作日" in clock.stopped and "剩下的 4 个" in clock.stopped
    back = services.supply(asked, by=None, at=on(date(2026, 3, 23)))
    assert public_clock.read(back, today=date(2026, 3, 23)).days == 4


def test_the_investigation_counts_sixty_days_by_article_17(accepted):
    clock = public_clock.read(accepted, today=date(2026, 3, 10))
    assert clock.days == 60 and "第十七条" in clock.law and clock.deadline == accepted.close_by


def test_an_ended_case_has_no_clock_and_nothing_to_urge(case, jiangjin_official, at):
    ended = services.refuse(case, by=jiangjin_official, at=at, ground="not_wages")
    clock = public_clock.read(ended, today=date(2026, 3, 10))
    assert clock.done == "已结束"
    assert public_clock.ways(ended, office_of("500116"), law.inaction(date(2026, 3, 10)), clock=clock) == []


def test_review_comes_before_the_court_and_the_days_are_parameters(case):
    today = date(2026, 3, 20)
    clock = public_clock.read(case, today=today)
    ways = public_clock.ways(case, office_of("500116"), law.inaction(today), clock=clock)
    titles = [way.title for way in ways]
    assert titles.index("申请行政复议") < titles.index("向法院起诉")
    assert "60 日" in ways[2].text and "2026年3月16日" in ways[2].text and "先申请复议" in ways[3].text
    known = Parameter.objects.get(key="wages.review_then_suit_days")
    assert not known.verified and "15 日" in ways[3].text
    Parameter.objects.create(
        key=known.key, valid_from=date(2026, 3, 1), value=30, unit="日", title="x", source="试", verified=False
    )
    assert "30 日" in public_clock.ways(case, office_of("500116"), law.inaction(today), clock=clock)[3].text


@pytest.fixture
def seen(client, fresh_case):
    """The status page after number and four digits, without an account."""

    def look(case=fresh_case):
        client.post(reverse("wages:status"), {"number": case.number, "phone_last4": PHONE[-4:]})
        answer = client.get(reverse("wages:case", args=[case.number]))
        assert answer.status_code == 200
        return answer.content.decode()

    return look


def test_the_status_page_names_the_office_and_its_phone_from_the_directory(seen, fresh_case):
    assert 'href="tel:12333"' in seen() and "江津区劳动保障监察机构" in seen()
    Place.objects.create(
        kind="inspection",
        name="江津监察大队",
        division="500116",
        phone="023-00001601",
        source="区局",
        address="几江 1 号",
    )
    page = seen()
    assert "江津监察大队" in page and 'href="tel:023-00001601"' in page and "几江 1 号" in page
    assert "期限怎么数" in page and "申请行政复议" in page and "先申请复议" in page


def test_the_status_page_says_why_the_clock_stands_still(seen, fresh_case, jiangjin_official):
    services.request_supplement(fresh_case, by=jiangjin_official, at=timezone.now(), note="全称")
    assert "期限暂停" in seen() and "等你补材料" in seen()


def test_the_status_page_shows_the_department_it_went_to_and_its_answer(seen, fresh_case, jiangjin_official):
    at = timezone.now()
    services.transfer(fresh_case, target="housing", by=jiangjin_official, at=at)
    assert "住房城乡建设部门" in seen() and "首问负责" in seen()
    services.record_answer(
        fresh_case, outcome="done", answer="已责成付清", answered_on=timezone.localdate(), by=jiangjin_official, at=at
    )
    assert "已责成付清" in seen() and "首问负责" not in seen()


def test_a_district_case_opens_its_page_with_few_queries(seen, fresh_case, django_assert_max_num_queries):
    seen()
    with django_assert_max_num_queries(45):
        seen()


def test_the_late_page_sends_people_to_review_first(client):
    page = client.get(reverse("wages:late")).content.decode()
    assert "要先复议" in page and "60 日" in page and "15 日" in page
