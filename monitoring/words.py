"""The report in two sentences and five numbers."""

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.calendar import local_day

from . import writing
from .figures.suppression import ALL
from .models import Report
from .readings import Edition, Reading
from .services import TARGET


def target_of(report: Report) -> float | None:
    """The on-time target that the report is read against, in per cent."""
    return report.parameters.get(TARGET, {}).get("value")


def heading(edition: Edition, place: str) -> SafeString:
    """2026 年 10 月江津区农民工监测报告; on a phone it breaks after the month."""
    parts = (edition.period.name, _("{place}农民工监测报告").format(place=place))
    return format_html_join("", '<span class="together">{}</span>', ([part] for part in parts))


def kicker(report: Report) -> str:
    """The line above the title: which version, when, as of which day."""
    parts = [_("定期监测报告"), _("第 {version} 版").format(version=report.version)]
    if report.published_at:
        day = local_day(report.published_at)
        parts.append(_("{y}年{m}月{d}日发布").format(y=day.year, m=day.month, d=day.day))
    parts.append(data_of(report))
    return " · ".join(parts)


def data_of(report: Report) -> str:
    """Of which day the data is: the month's end, or for a report that was built late, the day on which it was."""
    if report.as_of is None:
        day = report.snapshot_on
        return _("数据截至 {y}年{m}月{d}日").format(y=day.year, m=day.month, d=day.day)
    day = report.as_of
    return _("按 {y}年{m}月{d}日 时点数据").format(y=day.year, m=day.month, d=day.day)


def lead(name: str, reading: Reading, report: Report) -> SafeString:
    """What a hurried reader takes away, its numbers in bold."""
    income = reading.line("income.mean")
    sentences = [
        list(_headcount(name, reading)),
        list(_income(income.now, income.year_ago)),
        list(_on_time(reading.line("wages.on_time_rate").now, target_of(report))),
    ]
    parts = (
        format_html("{}。", format_html_join("，", "{}", ([p] for p in clauses))) for clauses in sentences if clauses
    )
    return format_html_join("", "{}", ([part] for part in parts))


def _strong(words: str, number: str) -> SafeString:
    """A clause with its number in bold; `words` has one pair of braces."""
    return format_html(words, format_html("<b>{}</b>", number))


def _headcount(name: str, reading: Reading) -> Iterator[str]:
    people = reading.line("workers.total")
    if people.now is None:
        return
    yield format_html("{}{}", name, _strong(_("登记农民工 {} 人"), writing.short(people.now)))
    if people.before is not None:
        difference = people.now - people.before
        words = _("比上月增加 {number} 人") if difference > 0 else _("比上月减少 {number} 人")
        yield words.format(number=writing.short(abs(difference))) if difference else _("与上月持平")
    if (outgoing := reading.outgoing_share()) is not None:
        yield _strong(_("外出务工占 {}"), f"{outgoing:.1f}%")
    if (province := reading.cross_province_share()) is not None:
        yield _("其中跨省占 {share}%").format(share=f"{province:.1f}")


def _income(now: writing.Number, year_ago: writing.Number) -> Iterator[str]:
    if now is None:
        return
    yield _strong(_("月均收入 {} 元"), f"{now:,}")
    if (growth := writing.growth(now, year_ago)) is not None:
        direction = _("同比增长 {percent}%") if growth >= 0 else _("同比下降 {percent}%")
        yield direction.format(percent=f"{abs(growth):.1f}")


def _on_time(rate: writing.Number, target: float | None) -> Iterator[str]:
    if rate is None:
        return
    yield _strong(_("欠薪投诉按期办结率 {}"), f"{rate:.1f}%")
    if target is not None:
        distance = round(rate - target, 1)
        compared = _("高于目标 {points} 个百分点") if distance > 0 else _("低于目标 {points} 个百分点")
        yield compared.format(points=f"{abs(distance):.1f}") if distance else _("与目标持平")


def tiles(reading: Reading, report: Report) -> list[dict[str, Any]]:
    """Five numbers on top, each with what it is measured against."""
    people, income = reading.line("workers.total"), reading.line("income.mean")
    placed = reading.line("jobs.placements")
    return [
        _tile(_("登记农民工"), writing.short(people.now), _compared(_("环比"), people.change)),
        _tile(_("外出务工"), _percent(reading.outgoing_share()), _points(reading)),
        _tile(_("月均收入"), income.now_text, _compared(_("同比"), income.year_change)),
        _tile(_("按期办结率"), reading.line("wages.on_time_rate").now_text, _against_target(reading, report)),
        _tile(_("确认就业"), writing.short(placed.now), _compared(_("环比"), placed.change)),
    ]


def _tile(label: str, number: str, note: dict[str, str] | None) -> dict[str, Any]:
    return {"label": label, "number": number, "note": note}


def _percent(value: float | None) -> str:
    return writing.NOTHING if value is None else f"{value:.1f}%"


def _compared(word: str, change: str) -> dict[str, str] | None:
    if change == writing.NOTHING:
        return None
    tone = "ok" if change.startswith("+") else "neutral" if change[0].isdigit() else "warn"
    return {"word": f"{word} {change}", "tone": tone}


def _points(reading: Reading) -> dict[str, str] | None:
    """A share has no good direction, so its change has no colour."""
    now, year_ago = reading.outgoing_share(), reading.outgoing_share(reading.year_ago) if reading.year_ago else None
    if now is None or year_ago is None:
        return None
    return {"word": _("同比 {points} 点").format(points=writing.signed(now - year_ago, 1)), "tone": "neutral"}


def _against_target(reading: Reading, report: Report) -> dict[str, str] | None:
    rate, target = reading.now.get("wages.on_time_rate", {}).get(ALL), target_of(report)
    if rate is None or target is None:
        return None
    return {"word": _("目标 {target}%").format(target=target), "tone": "ok" if rate >= target else "danger"}
