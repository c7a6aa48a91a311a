"""Employers, vacancies and people who look for work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.calendar import local_day
from core.submissions import FIELD, new_key
from employers.enums import EmployerState
from employers.models import Employer
from jobs.enums import VacancyState
from jobs.models import Vacancy
from workers import services as workers_services
from workers.enums import Evidence, MandateScope
from workers.models import JobIntent, Worker
from workers.services.intents import TO_BE_RECOMMENDED

JIJIANG = "500116001"  # a township of 江津区
FENGJIE = "500236001"


@pytest.fixture
def at():
    """Pages read the real clock, so everything of this folder happens now."""
    return timezone.now()


@pytest.fixture
def employer(city_official, at):
    """A verified employer of 江津区."""
    return Employer.objects.create(
        uscc="91500116DEM000014G",
        name="重庆测试电气有限公司",
        legal_representative="李明",
        district="500116",
        phone="023-00001234",
        state=EmployerState.VERIFIED,
        registered_at=at,
        decided_by=city_official,
        decided_at=at,
    )


@pytest.fixture
def notice(employer, at):
    """`notice(title="…")`: the fields of a lawful job notice, to be registered."""

    def fields(**changes):
        return {
            "employer": employer,
            "employer_profile": "本地电气企业，员工 80 人。",
            "title": "低压电工",
            "trade": "electrician",
            "headcount": 2,
            "requirements": "持低压电工证。",
            "skill_level": "2",
            "duties": "厂房线路安装和检修。",
            "division_id": JIJIANG,
            "address": "工业路 8 号",
            "pay_min_fen": 650_000,
            "pay_max_fen": 800_000,
            "pay_unit": "month",
            "pay_cycle": "month",
            "pay_day": 10,
            "expires_on": local_day(at) + timedelta(days=30),
            **changes,
        }

    return fields


@pytest.fixture
def make_vacancy(notice, du_gaotian, city_official, at):
    """`make_vacancy(headcount=1)`: a published vacancy that 杜高田 registered, unless told otherwise."""

    def make(**changes):
        state = changes.pop("state", VacancyState.PUBLISHED)
        checked = (
            {}
            if state in (VacancyState.PENDING, VacancyState.DRAFT)
            else {"checked_by": city_official, "checked_at": at}
        )
        course = {"state": state, "registered_by": du_gaotian, "created_at": at, "refreshed_at": at, **checked}
        return Vacancy.objects.create(**{**notice(), **course, **changes})

    return make


@pytest.fixture
def vacancy(make_vacancy):
    return make_vacancy()


@pytest.fixture
def make_seeker(at):
    """`make_seeker(trade="welder")`: somebody of 江津区 who looks for work and agreed to be recommended."""

    def make(full_name="张建国", division=JIJIANG, wants=True, recommendable=True, user=None, mobile=None, **wish):
        worker = Worker.objects.create(
            full_name=full_name,
            birth_date=local_day(at).replace(year=local_day(at).year - 42, day=1),
            residence_division=division,
            hukou_division=division,
            user=user,
            mobile=mobile,
            created_at=at,
        )
        facts = {"trade": "electrician", "skill_level": "3", "experience_months": 108, "min_pay_fen": 600_000}
        JobIntent.objects.create(
            worker=worker,
            wants_job=wants,
            recommendable=recommendable,
            home_district=division[:6],
            **{**facts, "verified_on": local_day(at), **wish},
        )
        return Worker.objects.get(pk=worker.pk)

    return make


@pytest.fixture
def seeker(make_seeker, wang_wei, at):
    """王伟: electrician of 几江街道, signed up, agreed to recommendations."""
    worker = make_seeker("王伟", user=wang_wei, mobile="13800000001")
    for purpose in TO_BE_RECOMMENDED:
        workers_services.give_consent(worker, purpose, by=wang_wei, at=at)
    JobIntent.objects.filter(worker=worker).update(skill_level="3")
    return worker


@pytest.fixture
def mandate(seeker, du_gaotian, wang_wei, at):
    """杜高田 may look for work for 王伟."""
    return workers_services.grant_mandate(
        seeker, du_gaotian, scope=[MandateScope.JOBS], evidence=Evidence.SMS_CODE, by=wang_wei, at=at
    )


@pytest.fixture
def form():
    """`form(worker=[1, 2])`: a form as the page renders it, with its submission key."""
    return lambda **fields: {FIELD: new_key(), **fields}
