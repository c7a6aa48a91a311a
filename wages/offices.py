"""Who has a case: the office of the district where the labour is used (监察条例 art. 13), as the directory knows it."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from core import divisions
from core.calendar import local_day
from places.enums import Kind
from places.models import Place

LEGAL_SERVICE_LINE = "12348"  # 公共法律服务热线, also legal aid
HRSS_LINE = "12333"  # 人社服务热线, also complaints to labour inspection
SECOND_TIER_PREFIX = "5002"  # the 12 counties with the lower minimum wage
# The fast court of a commission hears wage cases; where there is none, the commission.
_ARBITRATION = (Kind.ARBITRATION, Kind.FAST_COURT)


@dataclass(frozen=True)
class Office:
    """What a complainant must know of an office. A phone that nobody published is the city's service line."""

    name: str
    arbitration: str
    phone: str = HRSS_LINE
    address: str = ""
    hours: str = ""
    url: str = ""
    arbitration_phone: str = HRSS_LINE
    arbitration_url: str = ""


def office_of(division: str) -> Office:
    """The labour inspection and the arbitration commission of the division's district.

    What the directory does not know is called by its district, and reached through the service line.
    """
    code = divisions.district_of(division)
    known: dict[str, Place] = {}
    rows = Place.objects.open_on(local_day(timezone.now())).filter(
        division=code, kind__in=(Kind.INSPECTION, *_ARBITRATION)
    )
    for row in rows.order_by("pk"):
        known.setdefault(row.kind, row)
    inspection = known.get(Kind.INSPECTION)
    arbitration = next((known[kind] for kind in _ARBITRATION if kind in known), None)
    district = divisions.name_of(code)
    return Office(
        name=inspection.name if inspection else _("{district}劳动保障监察机构").format(district=district),
        arbitration=arbitration.name
        if arbitration
        else _("{district}劳动人事争议仲裁委员会").format(district=district),
        phone=inspection.phone or HRSS_LINE if inspection else HRSS_LINE,
        address=inspection.address if inspection else "",
        hours=inspection.hours if inspection else "",
        url=inspection.get_absolute_url() if inspection else "",
        arbitration_phone=arbitration.phone or HRSS_LINE if arbitration else HRSS_LINE,
        arbitration_url=arbitration.get_absolute_url() if arbitration else "",
    )


def minimum_wage_fen(division: str, table: dict[str, int]) -> int:
    """The monthly minimum wage of the division, from the parameter's two tiers."""
    return table["county" if division.startswith(SECOND_TIER_PREFIX) else "district"]
