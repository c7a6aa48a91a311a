"""Two building sites, the people who work there, and files about them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.crypto import blind_index
from employers.enums import EmployerState
from employers.models import Employer, Project
from sites import services
from sites.enums import FileKind, Teller
from sites.models import PayrollFile
from tests.workers.filed import id_number
from workers.feeds import deciding, running
from workers.models import Worker

ZONE = ZoneInfo("Asia/Shanghai")
HEADER = "项目编号,身份证号,姓名,月份,应发工资,实发工资,发放日期,约定工资,出勤天数,发放结果\n"
MARCH = date(2026, 3, 1)


@pytest.fixture
def at():
    """A Thursday, long after the wages of March were due."""
    return datetime(2026, 5, 14, 10, 0, tzinfo=ZONE)


def _project(code, division, pay_day=15, **more):
    builder, _made = Employer.objects.get_or_create(
        uscc="91500116DEM000011H",
        defaults={
            "name": "重庆晨晖建设工程有限公司",
            "legal_representative": "王建国",
            "district": "500116",
            "state": EmployerState.PENDING,
            "registered_at": datetime(2025, 1, 1, tzinfo=ZONE),
        },
    )
    return Project.objects.create(
        code=code,
        name=f"{code} 安置房一期",
        general_contractor=builder,
        developer_name="江津城投",
        regulator_name="区住建委",
        division=division,
        address="滨江路 1 号",
        labour_manager_name="周洋",
        labour_manager_phone="023-00001234",
        pay_day=pay_day,
        starts_on=date(2025, 11, 1),
        registered_at=datetime(2025, 11, 1, tzinfo=ZONE),
        **more,
    )


@pytest.fixture
def site(db):
    """In 江津区, pays on the 15th."""
    return _project("JJ001", "500116")


@pytest.fixture
def far_site(db):
    """In 奉节县, the same day."""
    return _project("FJ001", "500236")


@pytest.fixture
def worker_of(db):
    """`worker_of(3)`: the registered holder of the third number."""

    def make(number):
        return Worker.objects.create(
            full_name=f"测试{number}",
            id_number=id_number(number),
            id_number_index=blind_index("id_number", id_number(number)),
            created_at=datetime(2026, 1, 1, tzinfo=ZONE),
        )

    return make


def row(
    number, *, code="JJ001", month="2026-03", owed=6000, paid=6000, on="2026-04-15", agreed="", days="22", result=""
):
    """One line of a payroll file."""
    return f"{code},{id_number(number)},某人,{month},{owed},{paid},{on},{agreed},{days},{result}\n"


def receive(text, at, *, by=None, kind=FileKind.PAYROLL, teller=Teller.BANK, name="代发明细.csv", header=HEADER):
    data = (header + text).encode() if isinstance(text, str) else text
    return services.receive(iter([data]), name, kind=kind, teller=teller, by=by, at=at)


def run(batch, at):
    return running.run(batch.pk, now=lambda: at, model=PayrollFile)


def write(text, at, **more):
    """The whole way of a file."""
    batch = run(receive(text, at, **more), at)
    assert batch.state == "checked", batch.message
    return run(deciding.confirm(batch, by=more.get("by"), at=at), at)


def take_back(batch, at, *, by=None):
    return run(deciding.take_back(batch, by=by, at=at, reason="银行发错了文件"), at)
