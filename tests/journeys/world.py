"""What journeys start from, written through the services where one exists."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from core.calendar import local_day
from core.crypto import id_check_character
from employers.enums import EmployerState
from employers.models import Employer, Project
from housing.enums import UnitKind
from housing.models import Estate, UnitType
from jobs.enums import VacancyState
from jobs.models import Vacancy
from wages import services as wages
from wages.enums import Contract, Kind
from wages.models import Case, WageCode
from workers import services as workers
from workers.enums import Source
from workers.models import JobIntent, Worker
from workers.services.intents import TO_BE_RECOMMENDED

WORKER, BROKER = "13800000001", "13800000011"
JIANGJIN = "500116"
JIJIANG = "500116001"  # a township of 江津区


class World:
    """Rows of 江津区 around the people of the demonstration."""

    def __init__(self, people: dict[str, User], at: datetime) -> None:
        self.people, self.at, self.today = people, at, local_day(at)
        self._employer: Employer | None = None

    def employer(self) -> Employer:
        self._employer = self._employer or Employer.objects.create(
            uscc="91500116DEM000014G",
            name="重庆测试建设工程有限公司",
            legal_representative="李明",
            principal_title="总经理",
            district=JIANGJIN,
            address="滨江路 1 号",
            phone="023-00001234",
            state=EmployerState.VERIFIED,
            registered_at=self.at,
            decided_by=self.people["city"],
            decided_at=self.at,
        )
        return self._employer

    def wage_code(self) -> WageCode:
        """The code on the notice board of 双福新城三期."""
        site = Project.objects.create(
            code="50011620260001",
            name="双福新城三期",
            general_contractor=self.employer(),
            developer_name="江津城建公司",
            regulator_name="江津区住房和城乡建设委员会",
            division=JIANGJIN,
            address="双福大道 8 号",
            labour_manager_name="赵德华",
            labour_manager_phone="023-00001932",
            pay_day=25,
            registered_at=self.at,
        )
        return wages.issue_code(employer=self.employer(), project=site, by=self.people["city"], at=self.at)

    def case(self, phone: str, *, code: WageCode) -> Case:
        """A submitted complaint."""
        month = self.today.replace(day=1)
        draft = wages.begin(code=code, by=None, at=self.at)
        answers: dict[str, dict[str, Any]] = {
            "owed": {"owed_months": [month], "amount_fen": 12_600_00},
            "work": {"work_from": month, "work_to": None, "contract": Contract.NO},
            "evidence": {"facts": "本月没有发工资。"},
            "you": {"kind": Kind.COMPLAINT, "name": "王小明", "headcount": 1},
        }
        for step, values in answers.items():
            wages.answer(draft, step, values, by=None, at=self.at)
        return wages.file(wages.pledge(draft, by=None, at=self.at), phone=phone, by=None, at=self.at)

    def vacancy(self, title: str = "低压电工", trade: str = "electrician") -> Vacancy:
        """Registered by 杜高田 and published."""
        return Vacancy.objects.create(
            employer=self.employer(),
            employer_profile="本地建筑企业，员工 80 人。",
            title=title,
            trade=trade,
            headcount=4,
            requirements="持证上岗。",
            duties="厂房线路安装和检修。",
            division_id=JIJIANG,
            address="工业路 8 号",
            pay_min_fen=650_000,
            pay_max_fen=800_000,
            pay_day=10,
            expires_on=self.today + timedelta(days=30),
            state=VacancyState.PUBLISHED,
            registered_by=self.people[BROKER],
            created_at=self.at,
            refreshed_at=self.at,
            checked_by=self.people["city"],
            checked_at=self.at,
            keywords=f"{title} {self.employer().name} 江津区",
        )

    def seeker(self, name: str, *, user: User | None = None, months: int = 108) -> Worker:
        """An electrician of 几江街道 who looks for work and agreed to be recommended."""
        row = Worker.objects.create(
            full_name=name,
            birth_date=self.today.replace(year=self.today.year - 42, day=1),
            residence_division=JIJIANG,
            hukou_division=JIJIANG,
            user=user,
            mobile=user.phone.open() if user else None,
            created_at=self.at,
        )
        JobIntent.objects.create(
            worker=row,
            wants_job=True,
            recommendable=True,
            home_district=JIANGJIN,
            trade="electrician",
            skill_level="3",
            experience_months=months,
            min_pay_fen=600_000,
            verified_on=self.today,
        )
        if user:
            for purpose in TO_BE_RECOMMENDED:
                workers.give_consent(row, purpose, by=user, at=self.at)
        return row

    def identified(self, user: User) -> Worker:
        """A worker whose name and ID number are known. Address code 500199 was never issued."""
        body = "50019919830412001"
        row = workers.identify(
            user, full_name=user.display_name, id_number=body + id_check_character(body), by=user, at=self.at
        )
        workers.record(row, {"hukou_division": JIJIANG}, source=Source.POLICE, by=None, at=self.at)
        return row

    def estate(self) -> Estate:
        row = Estate.objects.create(
            name="双福新居",
            district_id=JIANGJIN,
            address="福星大道 1 号",
            opened_on=self.today.replace(year=2020, day=1),
        )
        for number, kind in enumerate(UnitKind):
            UnitType.objects.create(
                estate=row,
                kind=kind,
                area_m2=Decimal(32 + 12 * number),
                rent_fen=(300 + 120 * number) * 100,
                units_total=100,
                units_free=8,
            )
        return row
