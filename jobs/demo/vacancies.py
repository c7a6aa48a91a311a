"""Drawing the demo's vacancies: where, what, for how much, and how far each has come."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.core.management.base import CommandError

from accounts.enums import Role
from accounts.models import User
from core import divisions
from core.calendar import local_day
from core.models import Division
from employers.enums import EmployerState
from employers.models import Employer
from workers.code_lists import TRADES, PayUnit

from ..enums import Benefit, PayCycle, VacancyState
from ..models import Vacancy
from .texts import OFFERS, PROFILES, STREETS, WORK

CAST = ("500116", "500236")  # 江津区 and 奉节县
_DAYS_BACK = 400
_S = VacancyState
_STATES = [_S.PUBLISHED, _S.FILLED, _S.EXPIRED, _S.CLOSED, _S.PENDING, _S.REFUSED]
_STATE_WEIGHTS = [50, 22, 14, 6, 6, 2]
_LEVELS = ["", "", "", "", "2", "3"]


def _broker_of(district: str) -> User:
    found = User.objects.filter(role=Role.BROKER, jurisdictions=district).order_by("pk").first()
    if found is None:
        raise CommandError("Seed the demo's people first.")
    return found


def _other_broker() -> User:
    """Keeps the vacancies that the two brokers of the cast do not; cannot sign in."""
    user = User(role=Role.BROKER, display_name="冉光明（演示）")
    user.set_unusable_password()
    user.save(force_insert=True)
    user.jurisdictions.set([divisions.CITY])
    return user


class World:
    """What the rows are drawn from."""

    def __init__(self, rng: Random, at: datetime) -> None:
        self.rng, self.at, self.today = rng, at, local_day(at)
        self.brokers = {code: _broker_of(code) for code in CAST}
        self.other_broker = _other_broker()
        self.city = User.objects.get(username="city")
        verified = Employer.objects.filter(state=EmployerState.VERIFIED).order_by("uscc")
        self.employers: dict[str, list[Employer]] = {}
        for employer in verified:
            self.employers.setdefault(employer.industry, []).append(employer)
        self.everyone = list(verified)
        self.districts = [row.code for row in Division.objects.districts(self.today)]
        self.townships = {code: [] for code in self.districts}
        for row in Division.objects.valid_on(self.today).filter(level=Division.Level.TOWNSHIP).order_by("code"):
            self.townships.setdefault(row.parent_id, []).append(row.code)
        # Trades that many people of the registry look for come up more often.
        self.trades = list(OFFERS)
        self.weights = [3 if TRADES[trade].industry in ("E", "C") else 1 for trade in self.trades]

    def vacancy(self, number: int) -> Vacancy:
        rng = self.rng
        trade = rng.choices(self.trades, self.weights)[0]
        entry = TRADES[trade]
        employer = rng.choice(self.employers.get(entry.industry) or self.everyone)
        district = CAST[number % 5 > 2] if number % 5 < 4 and number % 3 == 0 else rng.choice(self.districts)
        state = _S.PUBLISHED if number < 60 else rng.choices(_STATES, _STATE_WEIGHTS)[0]
        days = rng.randint(0, 45) if state in (_S.PUBLISHED, _S.PENDING, _S.REFUSED) else rng.randint(20, _DAYS_BACK)
        created = self.at - timedelta(days=days, minutes=rng.randint(60, 700))
        return Vacancy(
            **self._notice(trade, employer, district),
            **self._course(state, created, district),
            created_at=created,
        )

    def _notice(self, trade: str, employer: Employer, district: str) -> dict[str, Any]:
        rng = self.rng
        titles, low, high, unit = OFFERS[trade]
        duties, wanted, place = WORK[TRADES[trade].family]
        step = 100 if unit == PayUnit.MONTH else 1
        low_fen = (low + step * rng.randint(-3, 4)) * 100 if unit != PayUnit.PIECE else low * 100
        high_fen = max(low_fen, (high + step * rng.randint(-4, 6)) * 100)
        division = rng.choice(self.townships[district]) if self.townships.get(district) else district
        headcount = rng.choices([1, 2, 3, 5, 8, 12, 20, 40], [10, 20, 20, 18, 14, 9, 6, 3])[0]
        daily = unit in (PayUnit.DAY, PayUnit.HOUR) and rng.random() < 0.6
        label = TRADES[trade].label
        return {
            "employer": employer,
            "employer_profile": rng.choice(PROFILES).format(people=rng.randint(12, 900), years=rng.randint(3, 22)),
            "title": rng.choice(titles.split()),
            "trade": trade,
            "headcount": headcount,
            "requirements": wanted,
            "skill_level": rng.choice(_LEVELS) if TRADES[trade].family in ("electric", "metal", "machines") else "",
            "duties": duties,
            "starts_on": self.today + timedelta(days=rng.randint(1, 20)) if rng.random() < 0.3 else None,
            "division_id": division,
            "address": f"{rng.choice(STREETS)}路 {rng.randint(1, 280)} 号{place}",
            "pay_min_fen": low_fen,
            "pay_max_fen": high_fen,
            "pay_unit": unit,
            "pay_cycle": PayCycle.DAY if daily else PayCycle.MONTH,
            "pay_day": None if daily else rng.choice([5, 10, 10, 15, 15, 20, 25]),
            "benefits": sorted(rng.sample(Benefit.values, rng.choice([0, 1, 2, 2, 3]))),
            "keywords": f"{label} {employer.name} {divisions.name_of(division)}"[:200],
        }

    def _course(self, state: str, created: datetime, district: str) -> dict[str, Any]:
        """State, people and days that agree with each other."""
        rng = self.rng
        checked = None if state == _S.PENDING else created + timedelta(hours=rng.randint(1, 30))
        checked = min(checked, self.at) if checked else None
        over = state in (_S.FILLED, _S.EXPIRED, _S.CLOSED)
        expires = local_day(created) + timedelta(days=rng.randint(20, 30) if over else rng.randint(60, 88))
        if state == _S.EXPIRED:
            expires = min(expires, self.today - timedelta(days=1))
        fresh = self.at - timedelta(minutes=int(rng.expovariate(1 / 4000))) if state == _S.PUBLISHED else checked
        return {
            "state": state,
            "registered_by": self._keeper(district),
            "checked_at": checked,
            "checked_by": self.city if checked else None,
            "refusal_reason": "工资写得不清楚，请写明保底多少。" if state == _S.REFUSED else "",
            "refreshed_at": max(fresh, checked) if fresh and checked else created,
            "expires_on": expires,
        }

    def _keeper(self, district: str) -> User:
        """The cast's brokers keep a third of their districts' vacancies: what one person can look after."""
        own = self.brokers.get(district)
        return own if own and self.rng.random() < 0.33 else self.other_broker
