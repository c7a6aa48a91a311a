"""Months and the days on which their wages are due."""

from datetime import date, timedelta

from core import parameters
from core.models import CalendarDay

from ..duties import pay_date
from ..enums import OFFSETS

PAY_DAYS = range(1, 32)
_TWO_WEEKS = timedelta(days=15)


def before(month: date, count: int) -> date:
    """The first day of the month so many months earlier; later for a negative count."""
    year, place = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(year, place + 1, 1)


def months_after(month: date) -> int:
    """In which month after the one worked the pay day lies."""
    return parameters.get("sites.pay_months_after", on=before(month, -1)).number


def due_days(month: date) -> dict[int, date]:
    """For each day of the month that may be a pay day, the day by which wages of `month` must be paid."""
    after = months_after(month)
    first = before(month, -after) - _TWO_WEEKS
    known = dict(
        CalendarDay.objects.filter(day__range=(first, first + timedelta(days=60))).values_list("day", "is_workday")
    )

    def works(day: date) -> bool:
        return known.get(day, day.weekday() < 5)

    return {pay_day: pay_date(month, pay_day, months_after=after, is_workday=works) for pay_day in PAY_DAYS}


def touched(first: date, last: date) -> list[tuple[date, int]]:
    """The months and offsets whose day may lie between two days."""
    found, month = [], before(first.replace(day=1), 4)
    while month <= last:
        days = due_days(month).values()
        for offset in OFFSETS:
            ahead = timedelta(days=offset)
            if any(first <= day + ahead <= last for day in days):
                found.append((month, offset))
        month = before(month, -1)
    return found
