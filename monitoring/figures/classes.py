"""The classes of the national migrant-worker survey (国家统计局《农民工监测调查报告》), as groups of registry codes."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from workers.code_lists import Education, Industry, MigrationType, Sex

UNKNOWN = "unknown"


class Group(NamedTuple):
    """One class: its key in the figures, its label, and the registry codes that it holds."""

    key: str
    label: str
    codes: tuple[str, ...]


class AgeBand(NamedTuple):
    """Completed years on the day of the snapshot, both ends included; `to` is None for the open band."""

    key: str
    label: str
    since: int
    to: int | None


# 本地 = within the registered township, 外出 = outside it (survey report, note 2).
LOCAL = "local"
MIGRATION = (
    Group(LOCAL, _("本地（乡镇内）"), (MigrationType.LOCAL,)),
    Group("county", _("外出：区县内乡镇外"), (MigrationType.COUNTY,)),
    Group("city", _("外出：市内跨区县"), (MigrationType.CITY,)),
    Group("province", _("外出：跨省"), (MigrationType.PROVINCE,)),
    Group("abroad", _("外出：境外"), (MigrationType.ABROAD,)),
)
OUTGOING = ("county", "city", "province", "abroad")

SEX = (Group("male", _("男"), (Sex.MALE,)), Group("female", _("女"), (Sex.FEMALE,)))

# Table 3 of the report; its last band begins after 50.
AGE = (
    AgeBand("16_20", _("16–20 岁"), 16, 20),
    AgeBand("21_30", _("21–30 岁"), 21, 30),
    AgeBand("31_40", _("31–40 岁"), 31, 40),
    AgeBand("41_50", _("41–50 岁"), 41, 50),
    AgeBand("over_50", _("50 岁以上"), 51, None),
)

_E = Education
EDUCATION = (
    Group("none", _("未上过学"), (_E.NONE,)),
    Group("primary", _("小学"), (_E.PRIMARY,)),
    Group("junior", _("初中"), (_E.JUNIOR,)),
    Group("senior", _("高中（含中专）"), (_E.HIGH, _E.VOCATIONAL)),
    Group("college", _("大专及以上"), (_E.COLLEGE, _E.BACHELOR, _E.GRADUATE)),
)

# Table 4: the six industries that hold most migrant workers, and the rest by sector.
_I = Industry
INDUSTRY = (
    Group("manufacturing", _("制造业"), (_I.MANUFACTURING,)),
    Group("construction", _("建筑业"), (_I.CONSTRUCTION,)),
    Group("trade", _("批发和零售业"), (_I.TRADE,)),
    Group("transport", _("交通运输、仓储和邮政业"), (_I.TRANSPORT,)),
    Group("catering", _("住宿和餐饮业"), (_I.CATERING,)),
    Group("services", _("居民服务、修理和其他服务业"), (_I.RESIDENT_SERVICES,)),
    Group("farming", _("第一产业"), (_I.FARMING,)),
    Group("other_secondary", _("第二产业其他行业"), (_I.MINING, _I.UTILITIES)),
    Group(
        "other_tertiary",
        _("第三产业其他行业"),
        (
            _I.SOFTWARE,
            _I.FINANCE,
            _I.REAL_ESTATE,
            _I.LEASING,
            _I.RESEARCH,
            _I.PUBLIC_FACILITIES,
            _I.TEACHING,
            _I.HEALTH,
            _I.CULTURE,
            _I.GOVERNMENT,
            _I.INTERNATIONAL,
        ),
    ),
)

# What stands beside a bar, where the full label would take four lines.
SHORT = {
    LOCAL: _("本地"),
    "county": _("区县内"),
    "city": _("市内跨区县"),
    "province": _("跨省"),
    "abroad": _("境外"),
    "manufacturing": _("制造业"),
    "construction": _("建筑业"),
    "trade": _("批发零售"),
    "transport": _("交通运输"),
    "catering": _("住宿餐饮"),
    "services": _("居民服务"),
    "farming": _("第一产业"),
    "other_secondary": _("其他二产"),
    "other_tertiary": _("其他三产"),
}


def labels(groups: tuple[Group, ...] | tuple[AgeBand, ...], unknown: str) -> dict[str, str]:
    """Key → label, ending with the people whose class is not on record."""
    return {group.key: group.label for group in groups} | {UNKNOWN: unknown}
