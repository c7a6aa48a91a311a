"""Twelve invented estates; every name ends in （演示）."""

from datetime import date, datetime
from decimal import Decimal
from random import Random

from ..enums import UnitKind
from ..models import Estate, UnitType

# (name, district, address, what is near, 分 per ㎡ and month)
_ESTATES = [
    ("禾苑人家", "500106", "沙坪坝区西永组团禾苑路 8 号", "轨道 1 号线，两所小学", 1_050),
    ("梧桐里", "500106", "沙坪坝区双碑梧桐路 66 号", "公交枢纽，菜市场", 1_000),
    ("云台佳园", "500107", "九龙坡区陶家云台路 12 号", "工业园区班车，社区医院", 950),
    ("锦绣河岸", "500108", "南岸区茶园河岸路 21 号", "轨道 6 号线，商场", 1_050),
    ("缙云新村", "500109", "北碚区蔡家缙云大道 118 号", "轨道 6 号线，湿地公园", 950),
    ("樟树湾", "500113", "巴南区界石樟树路 9 号", "物流园，中学", 900),
    ("渡口春晓", "500104", "大渡口区建桥渡口路 30 号", "轨道 2 号线，菜市场", 1_000),
    ("几江花园", "500116", "江津区几江街道东门路 18 号", "长途车站，区医院", 850),
    ("双福新居", "500116", "江津区双福街道福星大道 77 号", "轨道跳磴线，农贸城", 900),
    ("德感人家", "500116", "江津区德感街道兴德路 5 号", "工业园，小学", 850),
    ("夔门小区", "500236", "奉节县永安街道夔门路 3 号", "高铁站公交，县医院", 700),
    ("三峡移民新苑", "500101", "万州区高峰街道新苑路 40 号", "经开区班车，中学", 800),
]
_KINDS = {
    UnitKind.STUDIO: (32, 38),
    UnitKind.ONE_BEDROOM: (42, 50),
    UnitKind.TWO_BEDROOM: (56, 64),
    UnitKind.THREE_BEDROOM: (72, 80),
}


def add(rng: Random, at: datetime) -> None:
    """Add the estates and their kinds of flats."""
    rows = Estate.objects.bulk_create(
        Estate(
            name=f"{name}（演示）",
            district_id=district,
            address=address,
            note=note,
            opened_on=date(rng.randint(2012, 2023), rng.randint(1, 12), 1),
        )
        for name, district, address, note, _price in _ESTATES
    )
    units = []
    for estate, (*_words, price) in zip(rows, _ESTATES, strict=True):
        for kind, (small, large) in _KINDS.items():
            area = rng.randint(small, large)
            total = rng.randrange(120, 900, 20)
            rent = area * price // 1_000 * 1_000
            units.append(
                UnitType(
                    estate=estate,
                    kind=kind,
                    area_m2=Decimal(area),
                    rent_fen=rent,
                    units_total=total,
                    units_free=rng.randint(0, total // 12),
                )
            )
    UnitType.objects.bulk_create(units)
