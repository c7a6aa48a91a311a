"""What happened to each synthetic case, and when: plain values, no rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from core import calendar
from core.calendar import local_day

from ..enums import CaseState
from ..models import WageCode

ZONE = ZoneInfo("Asia/Shanghai")
CAST = ("500116", "500236")  # the districts whose officials the demo signs in as
EVERY_NTH_IS_LATE = 33  # so that about 97 % are in time
ENDINGS = {
    CaseState.SETTLED: 68,
    CaseState.ARBITRATION: 7,
    CaseState.UNFOUNDED: 6,
    CaseState.PROJECT_DISPUTE: 4,
    CaseState.REVOKED: 3,
    CaseState.NOT_ACCEPTED: 4,
    CaseState.TRANSFERRED: 5,
    CaseState.WITHDRAWN: 3,
}
UNDER_WAY = (CaseState.ACCEPTED, CaseState.INVESTIGATING, CaseState.INVESTIGATING, CaseState.ORDERED, CaseState.PAID)
_CLOSING = {
    CaseState.ARBITRATION: "refer_arbitration",
    CaseState.UNFOUNDED: "close_unfounded",
    CaseState.PROJECT_DISPUTE: "close_project_dispute",
    CaseState.REVOKED: "revoke",
    CaseState.NOT_ACCEPTED: "refuse",
    CaseState.TRANSFERRED: "transfer",
    CaseState.WITHDRAWN: "withdraw",
}


@dataclass
class Story:
    """One case: where, how it stands, and its steps as (verb, moment)."""

    code: WageCode
    state: CaseState
    assigned: bool = True
    steps: list[tuple[str, datetime]] = field(default_factory=list)

    def at(self, *verbs: str) -> datetime | None:
        return next((when for verb, when in self.steps if verb in verbs), None)


def tell(rng: Random, codes: list[WageCode], many: int, at: datetime) -> list[Story]:
    """Old cases with their endings, those under way, and the desk of today with one overdue in each cast district."""
    today = local_day(at)
    by_place = {place: [code for code in codes if code.division.startswith(place)] for place in CAST}
    stories = list(_desk(rng, by_place, today, at))
    ended = many - len(stories) - many // 6
    for _n in range(many // 6):
        stories.append(_under_way(rng, _pick(rng, codes, by_place), today, at))
    for n in range(ended):
        late = n % EVERY_NTH_IS_LATE == EVERY_NTH_IS_LATE // 2
        stories.append(_ended(rng, _pick(rng, codes, by_place), today, at, late=late))
    return sorted(stories, key=lambda story: story.steps[0][1])


def _pick(rng: Random, codes: list[WageCode], by_place: dict) -> WageCode:
    """Every other case lies in a cast district, so that their desks are never empty."""
    places = [group for group in by_place.values() if group]
    return rng.choice(rng.choice(places)) if places and rng.random() < 0.5 else rng.choice(codes)


def _desk(rng: Random, by_place: dict, today: date, at: datetime) -> Iterator[Story]:
    """Waiting for an answer: overdue, due today, due soon, new; and one that waits for papers."""
    for codes in by_place.values():
        for back in (7, 5, 4, 2, 1, 0) if codes else ():
            when = _moment(rng, _workday_back(today, back), at)
            late = back > 5
            yield Story(
                rng.choice(codes), CaseState.SUBMITTED, assigned=not late and back > 2, steps=[("submit", when)]
            )
        if codes:
            first = _moment(rng, _workday_back(today, 4), at)
            steps = [("submit", first), ("request_supplement", first + timedelta(days=1))]
            yield Story(rng.choice(codes), CaseState.SUPPLEMENT, steps=steps)


def _under_way(rng: Random, code: WageCode, today: date, at: datetime) -> Story:
    state = rng.choice(UNDER_WAY)
    story = Story(code, state, steps=[("submit", _moment(rng, _workday_back(today, rng.randint(6, 30)), at))])
    path = {
        CaseState.ACCEPTED: ["accept"],
        CaseState.INVESTIGATING: ["accept", "investigate"],
        CaseState.ORDERED: ["accept", "investigate", "order"],
        CaseState.PAID: ["accept", "investigate", "order", "record_paid"],
    }[state]
    _walk(rng, story, path, most=1, at=at)
    return story


def _ended(rng: Random, code: WageCode, today: date, at: datetime, *, late: bool) -> Story:
    state = CaseState.TRANSFERRED if late else rng.choices(list(ENDINGS), list(ENDINGS.values()))[0]
    day = _on_weekday(today - timedelta(days=rng.randint(25, 364)))
    story = Story(code, state, steps=[("submit", _moment(rng, day, at))])
    if late:  # answered, but after the five working days
        story.steps.append(("transfer", _moment(rng, _on_weekday(day + timedelta(days=rng.randint(16, 20))), at)))
    elif state in (CaseState.NOT_ACCEPTED, CaseState.TRANSFERRED, CaseState.WITHDRAWN):
        _walk(rng, story, [_CLOSING[state]], most=2, at=at)
    elif state == CaseState.SETTLED:
        _walk(
            rng, story, ["accept", "investigate", "order", "record_paid", "payment_confirmed", "settle"], most=3, at=at
        )
    else:
        _walk(rng, story, ["accept", "investigate", _CLOSING[state]], most=4, at=at)
    return story


def _walk(rng: Random, story: Story, verbs: list[str], *, most: int, at: datetime) -> None:
    """Step after step, each one to `most` days later and never on a weekend or in the future."""
    for verb in verbs:
        before = story.steps[-1][1]
        day = _on_weekday(local_day(before) + timedelta(days=rng.randint(1, most)))
        story.steps.append((verb, min(max(_moment(rng, day, at), before + timedelta(minutes=5)), at)))


def _moment(rng: Random, day: date, at: datetime) -> datetime:
    moment = datetime(day.year, day.month, day.day, rng.randint(8, 17), rng.randint(0, 59), tzinfo=ZONE)
    return min(moment, at)


def _on_weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _workday_back(today: date, count: int) -> date:
    """The working day from which `count` working days have passed."""
    day = today
    while calendar.workdays_between(day, today) < count or not calendar.is_workday(day):
        day -= timedelta(days=1)
    return day
