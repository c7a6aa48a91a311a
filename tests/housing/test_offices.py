"""Where an application is handed in, who reviews it first and who finally."""

import pytest

from accounts.models import Notice, User
from core import outbox
from core.errors import NotAllowed
from core.models import Parameter
from housing import desk, offices, services
from housing.enums import State
from housing.models import HousingApplication
from housing.policy import rules_on
from workers.models import Worker

from .test_clocks import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def official_of():
    """`official_of("500106")`: an official of that district."""

    def make(district):
        user = User(role="official", username=f"u{User.objects.count()}", display_name="区里经办", is_staff=True)
        user.save()
        user.jurisdictions.set([district])
        return user

    return make


@pytest.fixture
def central(worker, make_estate, fill, hand_in_papers, at):
    """`central(point)`: handed in for an estate in 沙坪坝区, at the point of a district."""

    def make(point=None):
        draft = fill(services.start(worker, by=worker.user, at=at), make_estate("禾苑人家", "500106"))
        draft = services.save_task(draft, {"point_id": point}, by=worker.user, at=at)
        hand_in_papers(draft)
        return services.submit(draft, by=worker.user, at=at)

    return make


@pytest.mark.parametrize(
    ("estate", "point", "first", "last"),
    [
        ("500106", "500108", "500108", "500000"),  # 沙坪坝's estate, handed in at 南岸's point: the city decides last
        ("500106", None, "500106", "500000"),
        ("500106", "500236", "500106", "500000"),  # 奉节 has no point
        ("500116", "500108", "500116", "500116"),  # 江津 keeps its own estates to itself
    ],
)
def test_the_offices_follow_from_the_estate_and_the_point(estate, point, first, last, at):
    rules = rules_on(at.date())
    assert (offices.preliminary(estate, point, rules), offices.final(estate, rules)) == (first, last)


def test_which_offices_there_are_is_data_that_nobody_has_verified(at):
    for key in ("housing.application_points", "housing.central_final_by_city"):
        assert not Parameter.objects.get(key=key).verified
    Parameter.objects.create(
        key="housing.central_final_by_city", valid_from=at.date(), value=False, source="测试", title="测试"
    )
    assert offices.final("500106", rules_on(at.date())) == "500106"


def test_the_points_district_reviews_first_and_the_estates_does_not_see_it(central, official_of):
    row, near, far = central("500108"), official_of("500108"), official_of("500106")
    assert row.division_id == "500108"
    assert HousingApplication.objects.visible_to(near).exists()
    assert not HousingApplication.objects.visible_to(far).exists()


def test_the_district_passes_it_on_and_only_the_city_decides(central, official_of, city_official, at):
    first, colleague = official_of("500108"), official_of("500108")
    row = services.take_up(central("500108"), by=first, at=at)
    row = services.pass_preliminary(row, by=first, at=at)
    for person in (first, colleague):
        with pytest.raises(NotAllowed, match="市住房保障机构"):
            services.pass_final(row, by=person, at=at)
    assert services.pass_final(row, by=city_official, at=at).state == State.PUBLICITY


def test_the_desks_hold_what_their_office_may_decide(central, official_of, city_official, at):
    first, colleague = official_of("500108"), official_of("500108")
    row = services.take_up(central("500108"), by=first, at=at)
    assert desk.work(first, at=at) == desk.work(city_official, at=at) == [row]
    row = services.pass_preliminary(row, by=first, at=at)
    assert desk.work(first, at=at) == desk.work(colleague, at=at) == []
    assert desk.work(city_official, at=at) == [row]


def test_the_page_of_the_district_says_who_decides_now(central, official_of, client_of, at):
    first = official_of("500108")
    row = services.take_up(central("500108"), by=first, at=at)
    row = services.pass_preliminary(row, by=first, at=at)
    page = client_of(first).get(f"/admin/housing/housingapplication/{row.pk}/change/").text
    assert "初审：南岸区 · 复审：重庆市" in page
    assert "复审由别的机构办理" in page and "/decide/pass_final/" not in page


def test_a_final_review_nearly_due_is_told_to_the_city_alone(central, official_of, city_official, at):
    first = official_of("500108")
    row = services.take_up(central("500108"), by=first, at=at)
    row = services.pass_preliminary(row, by=first, at=at)
    services.warn_of_deadlines(at=moment(row.final_by))
    outbox.drain(at=moment(row.final_by))
    told = Notice.objects.filter(event="housing.deadline_near").values_list("user", flat=True)
    assert list(told) == [city_official.pk]


def test_the_point_near_home_or_work_is_offered_first(worker, make_estate, fill, client_of, at):
    Worker.objects.filter(pk=worker.pk).update(residence_division="330106", work_division="500107004")
    make_estate("禾苑人家", "500106")
    fill(services.start(worker, by=worker.user, at=at), None)
    browser = client_of(worker.user)
    page = browser.get("/housing/apply/wish/").text
    assert '<option value="500107" selected>九龙坡区</option>' in page


def test_the_chosen_point_is_kept_and_shown_before_handing_in(worker, make_estate, fill, client_of, at):
    estate = make_estate("禾苑人家", "500106")
    draft = fill(services.start(worker, by=worker.user, at=at), None)
    browser = client_of(worker.user)
    assert browser.post("/housing/apply/wish/", {"estate": estate.pk, "point": "500236"}).status_code == 200
    assert browser.post("/housing/apply/wish/", {"estate": estate.pk, "point": "500108"}).status_code == 302
    draft.refresh_from_db()
    assert draft.point_id == "500108"
    assert "南岸区" in browser.get("/housing/apply/check/").text


def test_outside_the_main_city_there_is_nothing_to_choose(draft, client_of):
    page = client_of(draft.worker.user).get("/housing/apply/wish/").text
    assert "在哪个区交申请" not in page
