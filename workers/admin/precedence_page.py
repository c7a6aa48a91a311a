"""What the pages about precedence show: the matrix of one group, and one change with whom it touches."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, timelines, ui
from core.masking import mask_name

from .. import policies
from ..enums import Source
from ..feeds.reading.profiles import NAMES
from ..indicators import INDICATORS, Indicator
from ..models import Precedence, RankChange, RankState, Worker
from ..precedence import day_of, default_rank
from ..presentation import plain_date, text_in_words
from ..ranking import rank_changes

GROUPS = {
    "A": gettext_lazy("身份"),
    "B": gettext_lazy("家庭"),
    "C": gettext_lazy("教育技能"),
    "D": gettext_lazy("就业"),
    "E": gettext_lazy("收入与工资"),
    "F": gettext_lazy("社会保险"),
    "G": gettext_lazy("居住与融入"),
    "H": gettext_lazy("服务需求"),
    "I": gettext_lazy("数据来源"),
}
_SHORT = {
    Source.WORKER: gettext_lazy("本人"),
    Source.BROKER_CONFIRMED: gettext_lazy("经纪人（短信）"),
    Source.BROKER: gettext_lazy("经纪人"),
    Source.COMPUTED: gettext_lazy("系统"),
}
HAPPENED = {
    "workers.ranks_asked": gettext_lazy("提出"),
    "workers.ranks_confirmed": gettext_lazy("确认生效"),
    "workers.ranks_dropped": gettext_lazy("放弃"),
    "workers.ranks_expired": gettext_lazy("长时间无人确认，自动放弃"),
    "workers.ranks_applied": gettext_lazy("已生效"),
}
BY_NUMBER = {indicator.number: indicator for indicator in INDICATORS}
# The background begins within seconds; after this somebody should look whether it runs.
_SOON = timedelta(minutes=3)


def in_group(letter: str) -> list[Indicator]:
    return [indicator for indicator in INDICATORS if indicator.group == letter]


def groups() -> list[dict]:
    """Every group with how many of its ranks are not the default ones."""
    odd = dict.fromkeys(GROUPS, 0)
    for indicator, rank in _ranks(INDICATORS).items():
        for source in rank_changes.sources_of(indicator):
            odd[indicator.group] += rank.get(int(source)) != default_rank(indicator, source)
    return [
        {"letter": letter, "label": label, "size": len(in_group(letter)), "odd": odd[letter]}
        for letter, label in GROUPS.items()
    ]


def matrix(letter: str) -> dict:
    """Indicators down, sources across; only sources that state something of this group have a column."""
    indicators = in_group(letter)
    known = _ranks(indicators)
    stated = {source for indicator in indicators for source in rank_changes.sources_of(indicator)}
    sources = [source for source in (*NAMES, *_SHORT) if source in stated]
    return {
        "sources": [NAMES[source][0] if source in NAMES else _SHORT[source] for source in sources],
        "rows": [
            {
                "indicator": indicator,
                "changeable": rank_changes.changeable(indicator),
                "cells": [_cell(indicator, source, known[indicator]) for source in sources],
            }
            for indicator in indicators
        ],
    }


def _ranks(indicators: Iterable[Indicator]) -> dict[Indicator, dict[int, int]]:
    found: dict[Indicator, dict[int, int]] = {indicator: {} for indicator in indicators}
    wanted = [indicator.number for indicator in found]
    for row in Precedence.objects.filter(indicator__in=wanted):
        found[BY_NUMBER[row.indicator]][row.source] = row.rank
    return found


def _cell(indicator: Indicator, source: Source, ranks: dict[int, int]) -> dict | None:
    may_state = rank_changes.sources_of(indicator)
    if source not in may_state:
        return None
    rank, default = ranks.get(int(source), 0), default_rank(indicator, source)
    highest = max(ranks.get(int(other), 0) for other in may_state)
    return {"rank": rank, "default": None if rank == default else default, "first": rank == highest}


def newest() -> list[tuple[Indicator, RankChange]]:
    rows = RankChange.objects.select_related("asked_by").order_by("-asked_at", "-pk")[:10]
    return [(BY_NUMBER[row.indicator], row) for row in rows]


def context(change: RankChange, user: Any, *, at: datetime) -> dict:
    """One change: what is asked, how it stands, whom it touches, what happened."""
    indicator = BY_NUMBER[change.indicator]
    may_set = policies.may_set_precedence(user)
    return {
        "change": change,
        "indicator": indicator,
        "group": GROUPS[indicator.group],
        "moving": change.state in rank_changes.WORK,
        "badge": _badge(change),
        "note": _note(change, at),
        "rows": _rows(change, indicator),
        "people": f"{change.counts['people']:,}" if "people" in change.counts else "",
        "sample": _sample(change, indicator) if may_set else [],
        "may_decide": may_set and change.state == RankState.WEIGHED,
        "may_set_back": may_set and change.state == RankState.APPLIED,
        "items": timelines.all_steps(audit.timeline(change), HAPPENED),
    }


def _badge(change: RankChange) -> dict:
    return {"word": change.get_state_display(), "tone": ui.tone(change)}


def _note(change: RankChange, at: datetime) -> str:
    if change.state in rank_changes.WORK:
        waits = change.message or _("排队中，由后台办理，可以离开这一页。")
        silent = at - (change.heartbeat_at or change.asked_at) > _SOON
        return waits + (_("后台程序可能没有运行，请告诉系统维护人员。恢复后会自动接着办。") if silent else "")
    return {
        RankState.WEIGHED: _("现在还没有改。请看影响，再决定。"),
        RankState.APPLIED: _("改变了 {n} 人显示的内容。").format(n=f"{change.counts.get('applied', 0):,}"),
        RankState.DROPPED: _("没有改。"),
        RankState.FAILED: change.message,
    }[change.state]


def _rows(change: RankChange, indicator: Indicator) -> list[dict]:
    """Every source's rank before and after; JSON keeps numbers as keys in words."""
    return [
        {
            "source": source.label,
            "before": change.before.get(str(int(source))),
            "after": change.ranks.get(str(int(source))),
            "default": default_rank(indicator, source),
        }
        for source in rank_changes.sources_of(indicator)
    ]


def _sample(change: RankChange, indicator: Indicator) -> list[dict]:
    found = change.counts.get("sample", [])
    people = Worker.everyone.in_bulk({row["worker_id"] for row in found})
    return [_line(row, people.get(row["worker_id"]), indicator) for row in found]


def _line(row: dict, worker: Worker | None, indicator: Indicator) -> dict:
    words = [text_in_words(indicator, row[side]) for side in ("held", "said")]
    if indicator.code == "full_name":
        words = [mask_name(name) for name in words]
    return {
        "worker": worker,
        "name": mask_name(worker.full_name) if worker else "",
        "held": words[0],
        "held_source": _source(row["held_by"], row["held_since"]),
        "said": words[1],
        "said_source": _source(row["said_by"], row["said_since"]),
    }


def _source(source: int, day: int) -> str:
    return f"{Source(source).label} · {plain_date(day_of(day))}" if source else ""
