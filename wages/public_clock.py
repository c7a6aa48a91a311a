"""The clock of a case in the words of who waits: what it counts, why it stands still, and what can be done when it is
over. No query in here; `views.status` hands in what it has read.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from core import calendar
from core.templatetags.ui import cn_date

from .enums import UNDER_WAY, CaseState
from .law import Inaction
from .models import Case
from .offices import HRSS_LINE, LEGAL_SERVICE_LINE, Office

CITY_LINE = "12345"


@dataclass(frozen=True)
class Way:
    """One thing to do; `phone` is one tap, `law` where it stands."""

    title: str
    text: str
    phone: str = ""
    law: str = ""


@dataclass(frozen=True)
class PublicClock:
    """Figures for the clock card and the sentences beneath it; `days` below zero are days of delay."""

    days: int
    deadline: date | None
    provisional: bool
    duty: str
    done: str
    counts: str
    law: str
    stopped: str


def read(case: Case, *, today: date) -> PublicClock:
    """The clock that runs, stands still, or is over."""
    if case.state == CaseState.SUPPLEMENT:
        return _still(case, today)
    if case.state == CaseState.SUBMITTED:
        words = _("须在 {n} 个工作日内答复你是否受理"), _("《关于实施〈劳动保障监察条例〉若干规定》第十八条")
        return _running(case, today, case.accept_from, case.accept_workdays, *words)
    if case.state in UNDER_WAY:
        more = _("，已批准延长一次") if case.extended_at else ""
        words = _("须在 {n} 个工作日内办完") + more, _("《劳动保障监察条例》第十七条")
        return _running(case, today, case.close_from, case.close_workdays, *words)
    return PublicClock(0, None, False, "", _ended(case), "", "", "")


def _running(case: Case, today: date, start: date, length: int, duty: str, law: str) -> PublicClock:
    used = max(0, calendar.workdays_between(start, today))
    counts = _(
        "从 {start} 的第二天起数，今天是第 {used} 个工作日，一共 {length} 个。周末和节假日不算，调休上班的日子算。"
    )
    return PublicClock(
        days=calendar.workdays_between(today, case.due_on),
        deadline=case.due_on,
        provisional=case.due_provisional,
        duty=duty.format(n=length),
        done="",
        counts=counts.format(start=cn_date(start), used=used, length=length),
        law=law,
        stopped="",
    )


def _still(case: Case, today: date) -> PublicClock:
    """Neither the day it stopped nor the day it goes on is counted, see `deadlines.resumed`."""
    asked = calendar.local_day(case.supplement_asked_at)
    used = max(0, calendar.workdays_between(case.accept_from, asked - timedelta(days=1)))
    left = max(0, case.accept_workdays - used)
    words = _("期限从 {day} 起停住，等你补材料；已用 {used} 个工作日，补好的第二天接着数剩下的 {left} 个。")
    stopped = words.format(day=cn_date(asked), used=used, left=left)
    return PublicClock(0, None, False, "", "", "", _("《关于实施〈劳动保障监察条例〉若干规定》第十八条"), stopped)


def _ended(case: Case) -> str:
    elsewhere = {
        CaseState.TRANSFERRED: _("已转送，由接收部门答复你"),
        CaseState.ARBITRATION: _("在仲裁委办，期限见下面"),
        CaseState.POLICE: _("在公安机关办"),
    }
    return elsewhere.get(case.state, _("已结束"))


def ways(case: Case, office: Office, rules: Inaction, *, clock: PublicClock) -> list[Way]:
    """What a complainant can do when the day has passed without an answer; the first ones also before."""
    if clock.deadline is None:
        return []
    call = _("打 {office}，报编号 {number}，说“已经到期，请答复”。")
    above = _("打 {hrss}（人社）或 {city}（政府热线），说哪个单位超期、编号是多少。超期的投诉也会自动上报区县和市里。")
    review = _("{day} 以后还没有答复，可以在 {days} 日内向办理机关的本级人民政府申请行政复议，不收费。")
    suit = _(
        "不答复的，要先申请复议；对复议决定不服，或者复议机关不答复，可以在 {days} 日内起诉。怎么写，打 {line} 免费问。"
    )
    beside = _("不用等这里的结果，可以同时去{office}，不收费。")
    return [
        Way(_("先打电话催办"), call.format(office=office.name, number=case.number), office.phone),
        Way(_("找上级机关"), above.format(hrss=HRSS_LINE, city=CITY_LINE), CITY_LINE),
        Way(
            _("申请行政复议"),
            review.format(day=cn_date(clock.deadline), days=rules.review_days),
            law=_("《行政复议法》第十一条、第二十条、第二十四条"),
        ),
        Way(
            _("向法院起诉"),
            suit.format(days=rules.suit_days, line=LEGAL_SERVICE_LINE),
            LEGAL_SERVICE_LINE,
            _("《行政复议法》第二十三条，《行政诉讼法》第四十五条"),
        ),
        Way(
            _("同时申请劳动仲裁"),
            beside.format(office=office.arbitration),
            office.arbitration_phone,
            _("《劳动争议调解仲裁法》第五条、第五十三条"),
        ),
    ]
