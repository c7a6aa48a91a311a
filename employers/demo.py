"""Three hundred synthetic employers and sixty building sites for the demo.

Their credit codes are well formed but belong to nobody: characters 9–17 are an organisation code (GB 11714)
that begins with DEM, while registers issue digits, MA with digits, or one letter with digits. Every name ends
in （演示）, and telephones lie in 023-0000, because no subscriber's number begins with 0.
"""

from datetime import date, datetime, timedelta
from random import Random

from stdnum.cn import uscc

from accounts.demo import refuse_outside_demo
from accounts.models import User
from core.calendar import local_day
from core.models import Division

from .enums import ArrearsStanding, EmployerState, Industry
from .models import Employer, Project

EMPLOYERS = 300
PROJECTS = 60
# The two districts whose officials and brokers the demo signs in as.
CAST = ["500116", "500236"]

_WORDS = (
    "晨晖 渝川 嘉陵 两江 巴山 缙云 长润 鼎盛 宏远 瑞丰 恒信 金渝源 天佑 华晟 永泰 顺达 安居 山城 江岸 星辉 旭阳 中渝 "
    "聚力 同创 众合 佳美 万友 百川 鹏程 启航"
)
_KINDS = {
    Industry.CONSTRUCTION: ["建设工程", "建筑劳务", "建筑工程", "装饰工程", "市政工程"],
    Industry.MANUFACTURING: ["机械制造", "电子科技", "汽车零部件", "服饰", "食品加工"],
    Industry.TRADE: ["商贸", "百货", "建材经营"],
    Industry.TRANSPORT: ["物流", "运输", "快递服务"],
    Industry.CATERING: ["餐饮管理", "酒店管理"],
    Industry.RESIDENT_SERVICES: ["家政服务", "养老服务", "汽车维修"],
    Industry.LEASING: ["人力资源", "保安服务"],
    Industry.REAL_ESTATE: ["物业服务"],
    Industry.PUBLIC_FACILITIES: ["园林绿化", "环卫服务"],
}
_WEIGHTS = [30, 28, 10, 9, 9, 8, 3, 2, 1]
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许邓冯韩曹"
_GIVEN = "建国 志强 晓东 明辉 永红 德华 国平 立军 雪梅 桂芳 春燕 文斌"
_SITES = ["安置房", "产业园", "人民医院", "实验学校", "滨江片区", "高铁站前", "污水处理厂", "保障性租赁住房"]
_PARTS = ["一期工程", "二期工程", "三标段", "改扩建工程"]


def synthetic_uscc(district: str, number: int) -> str:
    """A code that passes every check and that no register can have issued."""
    body = f"DEM{number:05d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    remainder = 11 - sum(int(ch, 36) * w for ch, w in zip(body, weights, strict=True)) % 11
    inner = f"91{district}{body}{'X' if remainder == 10 else remainder % 11}"
    return inner + uscc.calc_check_digit(inner)


def seed(*, rng_seed: int, at: datetime, scale: int) -> None:
    """Add the employers and sites once; `scale` is taken for the sake of the common signature."""
    refuse_outside_demo()
    if Employer.objects.filter(uscc__contains="DEM").exists():
        return
    rng = Random(rng_seed)
    districts = list(Division.objects.districts(local_day(at)).values_list("code", flat=True))
    Employer.objects.bulk_create(_employers(rng, districts, at))
    builders = Employer.objects.filter(industry=Industry.CONSTRUCTION, state=EmployerState.VERIFIED).order_by("uscc")
    Project.objects.bulk_create(_projects(rng, list(builders), at))


def _person(rng: Random) -> str:
    return rng.choice(_SURNAMES) + rng.choice(_GIVEN.split())


def _employers(rng: Random, districts: list[str], at: datetime) -> list[Employer]:
    official = User.objects.filter(username="city").first()
    names: set[str] = set()
    rows = []
    for number in range(1, EMPLOYERS + 1):
        # The cast's districts first, so that their desks are never empty.
        district = CAST[number % 2] if number <= 60 else rng.choice(districts)
        industry = Industry.CONSTRUCTION if number <= 20 else rng.choices(list(_KINDS), _WEIGHTS)[0]
        state = EmployerState.VERIFIED if number <= 40 or official is None else _state(rng)
        registered = at - timedelta(days=rng.randint(30, 900))
        decided = state != EmployerState.PENDING and official is not None
        rows.append(
            Employer(
                uscc=synthetic_uscc(district, number),
                name=_name(rng, industry, names),
                legal_representative=_person(rng),
                principal_title="总经理",
                industry=industry,
                district=district,
                address=f"{rng.choice(_WORDS.split())}路{rng.randint(1, 300)}号",
                phone=f"023-0000{rng.randint(0, 9999):04d}",
                state=state if decided else EmployerState.PENDING,
                registered_at=registered,
                decided_by=official if decided else None,
                decided_at=registered + timedelta(days=2) if decided else None,
                refusal_reason="执照上的名称与登记的名称不一致" if state == EmployerState.REFUSED else "",
                arrears_standing=ArrearsStanding.NONE,
            )
        )
    return rows


def _state(rng: Random) -> EmployerState:
    return rng.choices([EmployerState.VERIFIED, EmployerState.PENDING, EmployerState.REFUSED], [85, 10, 5])[0]


def _name(rng: Random, industry: Industry, taken: set[str]) -> str:
    """A name nobody else in the demo has: one word in front, two when the first choice is taken."""
    kind, word = rng.choice(_KINDS[industry]), rng.choice(_WORDS.split())
    while f"{word}{kind}" in taken:
        word = rng.choice(_WORDS.split()) + rng.choice(_WORDS.split())
    taken.add(f"{word}{kind}")
    return f"重庆{word}{kind}有限公司（演示）"


def _projects(rng: Random, builders: list[Employer], at: datetime) -> list[Project]:
    if not builders:
        return []
    divisions = dict(Division.objects.filter(level=Division.Level.DISTRICT).values_list("code", "name"))
    return [_project(rng, number, builders, divisions, local_day(at), at) for number in range(1, PROJECTS + 1)]


def _project(
    rng: Random, number: int, builders: list[Employer], divisions: dict[str, str], today: date, at: datetime
) -> Project:
    # builders are ordered by code, and so by district: the cast's districts come up again and again
    builder = builders[number % len(builders)]
    division = CAST[number % 2] if number <= 20 else builder.district
    starts = today - timedelta(days=rng.randint(60, 700))
    return Project(
        code=f"{division}{starts:%Y%m}{number:04d}",
        name=f"{divisions[division]}{rng.choice(_SITES)}{rng.choice(_PARTS)}（演示）",
        general_contractor=builder,
        project_office=f"{builder.name.removesuffix('（演示）')}第{rng.randint(1, 9)}项目部",
        developer_name=f"{divisions[division]}城市建设投资有限公司（演示）",
        subcontractor_name=f"重庆{rng.choice(_WORDS.split())}建筑劳务有限公司（演示）",
        regulator_name=f"{divisions[division]}住房和城乡建设委员会",
        regulator_phone=f"023-0000{rng.randint(0, 9999):04d}",
        division=division,
        address=f"{rng.choice(_WORDS.split())}大道{rng.randint(1, 300)}号",
        labour_manager_name=_person(rng),
        labour_manager_phone=f"023-0000{rng.randint(0, 9999):04d}",
        pay_day=rng.choice([5, 10, 15, 20, 25, 30]),
        starts_on=starts,
        ends_on=starts + timedelta(days=rng.randint(720, 1200)),
        registered_at=at - timedelta(days=50),
    )
