"""A reporting month, written 2026-10."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from core.errors import Refusal

_WRITTEN = re.compile(r"^(20\d\d)-(0[1-9]|1[0-2])$", re.ASCII)


@dataclass(frozen=True, order=True)
class Period:
    """One calendar month in Chongqing's time."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"

    @property
    def name(self) -> str:
        return _("{year} 年 {month} 月").format(year=self.year, month=self.month)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @cached_property
    def start(self) -> datetime:
        return make_aware(datetime.combine(self.first, time()))

    @cached_property
    def end(self) -> datetime:
        """The first moment after the month."""
        return make_aware(datetime.combine(self.last + timedelta(days=1), time()))

    def months_before(self, months: int) -> "Period":
        year, month = divmod(self.year * 12 + self.month - 1 - months, 12)
        return Period(year, month + 1)

    @property
    def previous(self) -> "Period":
        return self.months_before(1)

    @property
    def next(self) -> "Period":
        return self.months_before(-1)

    @property
    def year_ago(self) -> "Period":
        return self.months_before(12)


def parse(text: str) -> Period:
    """Read 2026-10. Raises `Refusal` for anything else."""
    found = _WRITTEN.match(text)
    if not found:
        raise Refusal(_("月份写作 2026-10。"), field="period")
    return Period(int(found[1]), int(found[2]))


def of_day(day: date) -> Period:
    """The month that holds `day`."""
    return Period(day.year, day.month)
