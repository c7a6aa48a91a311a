"""What a day's messages may cost: one budget, of which notices get a share. So a flood of them never stops sign-in.

Counted in one row a day by a conditional `UPDATE`, which PostgreSQL judges again on the newest row after a wait:
parallel writers meet the budget exactly. Refused messages cost nothing. The day is Chongqing's.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.db.models import F, Q

from core.calendar import local_day

from ..models import SmsDay

logger = logging.getLogger(__name__)


def take_for_code(at: datetime) -> bool:
    """Count one code if the day has room for it; codes may use all that is left."""
    return _take("codes", _room(), at)


def take_for_notice(at: datetime) -> bool:
    """Count one notice if the day has room and the notices have not used up their share."""
    share = settings.SMS_DAILY_BUDGET * settings.SMS_NOTICE_PERCENT // 100
    return _take("notices", _room() & Q(notices__lt=share), at)


def _room() -> Q:
    return Q(codes__lt=settings.SMS_DAILY_BUDGET - F("notices"))


def _take(column: str, room: Q, at: datetime) -> bool:
    day = local_day(at)
    SmsDay.objects.bulk_create([SmsDay(day=day)], ignore_conflicts=True)
    taken = bool(SmsDay.objects.filter(room, day=day).update(**{column: F(column) + 1}))
    if not taken:
        logger.warning("no text message left for %s on %s", column, day)
    return taken
