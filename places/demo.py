"""Places of the demonstration, each marked as made up: windows of the cast's districts, offices outside, one post."""

from datetime import datetime

from accounts.demo import refuse_outside_demo
from accounts.models import User
from core.calendar import local_day

from .enums import Kind
from .models import Place, Post

SOURCE = "演示数据，不是真实地点。"
HOURS = "工作日 9:00–12:00，13:30–17:30"
# kind, name, division, address, phone, latitude, longitude
ROWS = [
    (
        Kind.INSPECTION,
        "江津区劳动保障监察大队（演示）",
        "500116",
        "几江街道示例路 1 号",
        "023-00001601",
        29.29014,
        106.25936,
    ),
    (
        Kind.ARBITRATION,
        "江津区劳动人事争议仲裁院（演示）",
        "500116",
        "几江街道示例路 3 号",
        "023-00001602",
        29.28911,
        106.26112,
    ),
    (
        Kind.FAST_COURT,
        "江津区仲裁院农民工工资速裁庭（演示）",
        "500116",
        "双福街道示例大道 8 号",
        "023-00001603",
        29.41207,
        106.29521,
    ),
    (
        Kind.LEGAL_AID,
        "江津区法律援助中心（演示）",
        "500116",
        "几江街道示例路 5 号",
        "023-00001604",
        29.28811,
        106.25712,
    ),
    (Kind.WINDOW, "江津区人社服务窗口（演示）", "500116", "政务服务大厅 2 楼", "023-00001605", 29.29314, 106.25401),
    (
        Kind.INSPECTION,
        "奉节县劳动保障监察大队（演示）",
        "500236",
        "鱼复街道示例街 2 号",
        "023-00003601",
        31.01839,
        109.46411,
    ),
    (
        Kind.ARBITRATION,
        "奉节县劳动人事争议仲裁院（演示）",
        "500236",
        "鱼复街道示例街 4 号",
        "023-00003602",
        31.01902,
        109.46533,
    ),
    (Kind.OUTSIDE, "重庆市驻广东办事处（演示）", "44", "广州市示例路 18 号", "020-00004401", 23.12908, 113.26436),
]
OUTSIDE_OFFICIAL = "guangdong"


def seed(*, rng_seed: int, at: datetime, scale: int) -> None:
    """Add them once; the size of the population does not matter here."""
    refuse_outside_demo()
    if Place.objects.filter(source=SOURCE).exists():
        return
    Place.objects.bulk_create(
        Place(
            kind=kind,
            name=name,
            division=division,
            address=address,
            phone=phone,
            hours=HOURS,
            people="值班室",
            latitude=latitude,
            longitude=longitude,
            source=SOURCE,
            verified=True,
        )
        for kind, name, division, address, phone, latitude, longitude in ROWS
    )
    official = User.objects.filter(username=OUTSIDE_OFFICIAL).first()
    if official:
        Post.objects.create(place=Place.objects.get(division="44", source=SOURCE), user=official, since=local_day(at))
