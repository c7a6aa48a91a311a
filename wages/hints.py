"""What the law asks before a complaint is accepted, compared for the official, who decides.

Pure functions over values: each answer says what was compared, with the article, and never decides anything.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from .enums import OtherRoute


@dataclass(frozen=True)
class Hint:
    """One condition: met, not met, or (None) something only a person can tell."""

    title: str
    met: bool | None
    note: str


@dataclass(frozen=True)
class Thresholds:
    """The criminal law's amounts as parameters; alerts, not verdicts."""

    one_months: int
    one_fen: int
    group_workers: int
    group_fen: int


def last_day_of(month: date) -> date:
    """The last day of the month that `month` lies in."""
    following = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following - timedelta(days=1)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def within_limitation(
    *, owed_months: list[date], work_to: date | None, still_working: bool, day: date, years: int
) -> Hint:
    """条例 art. 20: two years from the act, or from its end if it continues."""
    title = _("行为发生或终了未满 {years} 年").format(years=years)
    ended = last_day_of(max(owed_months)) if owed_months else work_to
    article = _("监察条例第二十条")
    if ended is None:
        note = _("还在这里干活，欠薪可能仍在继续") if still_working else _("投诉里没有写明时间，请核实")
        return Hint(title, None, f"{note}（{article}）")
    words = _("最后欠薪月份到 {year} 年 {month} 月").format(year=ended.year, month=ended.month)
    return Hint(title, ended >= years_before(day, years), f"{words}（{article}）")


def employer_identifiable(*, registered: bool, verified: bool, name: str, address: str) -> Hint:
    """实施规定 art. 18 (2): a definite employer whose violation did the harm; otherwise ask for supplements."""
    title, article = _("用人单位明确"), _("实施规定第十八条第二项")
    if registered:
        note = _("统一社会信用代码已核验") if verified else _("已与登记单位对上，代码待核验")
        return Hint(title, True, f"{note}（{article}）")
    if name and address:
        return Hint(title, None, _("写了名称和地址，登记库里没有同名单位，请核实（{article}）").format(article=article))
    return Hint(title, False, _("名称或地址不全，可要求补正（{article}）").format(article=article))


def in_jurisdiction(*, covered: bool, place: str) -> Hint:
    """条例 art. 13: the office of the place where the labour is used."""
    title = _("属本机构管辖")
    note = _("用工地：{place}（监察条例第十三条）").format(place=place)
    return Hint(title, covered, note)


def no_other_route(route: str) -> Hint:
    """条例 art. 21: matters in arbitration or court follow that route."""
    note = _("投诉人说：{answer}（监察条例第二十一条）").format(answer=OtherRoute(route).label)
    return Hint(_("没有在仲裁或法院处理"), route == OtherRoute.NONE, note)


def not_a_repeat(others: list[str]) -> Hint:
    """The same phone with another open case against the same employer."""
    title = _("没有重复投诉")
    if not others:
        return Hint(title, True, _("同一手机号没有其他在办的投诉"))
    return Hint(title, None, _("同一手机号还有在办：{numbers}，请核对是否同一事项").format(numbers="、".join(others)))


def criminal_alerts(*, reached: bool, pay_by: date | None, day: date) -> list[str]:
    """Sentences when the people of a case reach the lines of 拒不支付劳动报酬 (刑法 276-1; see `crime.reached`)."""
    if not reached:
        return []
    words = _("人数、月数和金额达到“拒不支付劳动报酬”的提示线。是否移送由你判断（法释〔2013〕3号第三条）。")
    if pay_by and pay_by < day:
        return [words, _("已责令支付，限期已过仍未支付，符合移送的前提（条例第四十一条）。")]
    return [words, _("移送前须先责令支付并到期。")]
