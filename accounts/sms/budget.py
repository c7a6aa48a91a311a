"""What a day's messages may cost: one budget, of which notices get a share. So a flood of them never stops sign-in.

Counted in one row a day by one conditional statement, which PostgreSQL judges again on the newest row after a wait:
parallel writers meet the budget exactly. Refused messages cost nothing. The day is Chongqing's. Others wait for whoever
counted until that transaction ends, so a code is counted last.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.db import connection

from core.calendar import local_day

logger = logging.getLogger(__name__)

_TAKE_CODE = """
    INSERT INTO accounts_smsday AS today (day, codes, notices)
    SELECT %(day)s, 1, 0 WHERE %(budget)s > 0
    ON CONFLICT (day) DO UPDATE SET codes = today.codes + 1 WHERE today.codes + today.notices < %(budget)s
"""
_TAKE_NOTICE = """
    INSERT INTO accounts_smsday AS today (day, codes, notices)
    SELECT %(day)s, 0, 1 WHERE %(budget)s > 0 AND %(share)s > 0
    ON CONFLICT (day) DO UPDATE SET notices = today.notices + 1
    WHERE today.codes + today.notices < %(budget)s AND today.notices < %(share)s
"""


def take_for_code(at: datetime) -> bool:
    """Count one code if the day has room for it; codes may use all that is left."""
    return _take(_TAKE_CODE, at)


def take_for_notice(at: datetime) -> bool:
    """Count one notice if the day has room and the notices have not used up their share."""
    return _take(_TAKE_NOTICE, at)


def _take(statement: str, at: datetime) -> bool:
    day, most = local_day(at), settings.SMS_DAILY_BUDGET
    share = most * settings.SMS_NOTICE_PERCENT // 100
    with connection.cursor() as cursor:
        cursor.execute(statement, {"day": day, "budget": most, "share": share})
        taken = bool(cursor.rowcount)
    if not taken:
        logger.warning("no text message left on %s: %s", day, "code" if statement is _TAKE_CODE else "notice")
    return taken
