"""Who has a case: the office of the district where the labour is used (监察条例 art. 13)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core import divisions

LEGAL_SERVICE_LINE = "12348"  # 公共法律服务热线, also legal aid
HRSS_LINE = "12333"  # 人社服务热线, also complaints to labour inspection
SECOND_TIER_PREFIX = "5002"  # the 12 counties with the lower minimum wage


@dataclass(frozen=True)
class Office:
    """What a complainant must know of an office."""

    name: str
    arbitration: str


def office_of(division: str) -> Office:
    """The labour inspection and the arbitration commission of the division's district."""
    district = divisions.name_of(division[:6])
    return Office(
        name=_("{district}劳动保障监察机构").format(district=district),
        arbitration=_("{district}劳动人事争议仲裁委员会").format(district=district),
    )


def minimum_wage_fen(division: str, table: dict[str, int]) -> int:
    """The monthly minimum wage of the division, from the parameter's two tiers."""
    return table["county" if division.startswith(SECOND_TIER_PREFIX) else "district"]
