"""What the page of one file shows: how it stands, counts, samples in words, and what happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, timelines
from core.masking import mask_name
from core.templatetags.ui import cn_date, cn_datetime

from ..enums import Source
from ..feeds import deciding, kinds, progress
from ..indicators import INDICATORS
from ..models import FeedBatch, FeedState, Worker
from ..models.feed import FileBatch
from ..precedence import day_of
from ..presentation import plain_date, text_in_words

HAPPENED = {
    "workers.feed_received": gettext_lazy("收到文件"),
    "workers.feed_confirmed": gettext_lazy("确认写入"),
    "workers.feed_applied": gettext_lazy("写入登记"),
    "workers.feed_dropped": gettext_lazy("放弃"),
    "workers.feed_taken_back": gettext_lazy("要求撤销"),
    "workers.feed_undone": gettext_lazy("撤销完成"),
    "workers.feed_returned": gettext_lazy("下载退回的行"),
}
# Which sample stands under which words; lines of the last two are kept and not shown to anybody.
_SAMPLES = {
    "changed": gettext_lazy("会改变"),
    "lower": gettext_lazy("级别较低，只保存，不改变显示"),
    "older": gettext_lazy("比现有的旧，只保存，不改变显示"),
}
_ALWAYS = ("rows", "returned_rows", "new_people", "changed", "changed_people")
_ALARMING = ("returned_rows", "contested", "unknown_people")
_BY_NUMBER = {indicator.number: indicator for indicator in INDICATORS}


def context(batch: FeedBatch, user: Any, *, at: datetime) -> dict:
    """Everything the template needs. Values of people only for those who import."""
    common = every_kind(batch, user, at=at, happened=HAPPENED)
    may_import = common["may_import"]
    return {
        **common,
        "samples": _samples(batch) if may_import else [],
        "newcomers": batch.counts.get("samples", {}).get("new", []) if may_import else [],
        "facts": facts(batch, (_("部门"), batch.get_source_display()), (_("数据日期"), cn_date(batch.observed_on))),
    }


def every_kind(batch: FileBatch, user: Any, *, at: datetime, happened: Mapping[str, Any]) -> dict:
    """What the page of a file shows whatever its kind."""
    counts, may_import = batch.counts, kinds.of(batch).may(user, batch)
    return {
        "batch": batch,
        "progress": progress.of(batch, at=at),
        "verbs": verbs(batch) if may_import else [],
        "tiles": list(_tiles(batch)),
        "about": counts.get("about", ""),
        "unknown_headers": counts.get("unknown_headers", []),
        "not_theirs": counts.get("not_theirs", []),
        "books": list(range(1, counts.get("books", 0) + 1)),
        "returned_rows": counts.get("returned_rows", 0),
        "may_import": may_import,
        "items": timelines.all_steps(audit.timeline(batch), happened),
    }


def verbs(batch: FileBatch) -> list[str]:
    """What a person may decide now, the likeliest first."""
    if batch.state == FeedState.CHECKED:
        return ["confirm", "drop"] if batch.counts["rows"] else ["drop"]
    if batch.state in deciding.BEFORE_WRITING:
        return ["drop"]
    return ["undo"] if batch.state == FeedState.APPLIED else []


def _tiles(batch: FileBatch):
    for name, label in kinds.of(batch).outcomes.items():
        number = batch.counts.get(name)
        if number is not None and (number or name in _ALWAYS):
            tone = "danger" if number and name in _ALARMING else ""
            yield {"number": f"{number:,}", "label": str(label), "tone": tone}


def facts(batch: FileBatch, *own: tuple[str, str]) -> list[tuple[str, str]]:
    """The table beside a file: what its kind knows of it, and what is known of every file."""
    rows = [
        *own,
        (_("大小"), filesizeformat(batch.size_bytes)),
        (_("总行数"), f"{batch.lines_total:,}" if batch.lines_total is not None else ""),
        (_("上传人"), str(batch.uploaded_by or _("服务器命令行"))),
        (_("上传时间"), cn_datetime(batch.uploaded_at)),
        (_("确认人"), str(batch.confirmed_by or "")),
        (_("写入时间"), cn_datetime(batch.applied_at)),
        (_("撤销时间"), cn_datetime(batch.undone_at)),
    ]
    return [(label, value) for label, value in rows if value]


def _samples(batch: FeedBatch) -> list[dict]:
    """Per outcome a few lines: what is held, with its source and date, beside what the file says."""
    found = {outcome: batch.counts.get("samples", {}).get(outcome, []) for outcome in _SAMPLES}
    people = Worker.everyone.in_bulk({row["worker_id"] for rows in found.values() for row in rows})
    return [
        {"title": str(_SAMPLES[outcome]), "rows": [_line(row, people) for row in rows]}
        for outcome, rows in found.items()
        if rows
    ]


def _line(row: dict, people: dict[int, Worker]) -> dict:
    indicator = _BY_NUMBER[row["number"]]
    worker = people.get(row["worker_id"])
    words = [text_in_words(indicator, row[side]) for side in ("held", "said")]
    if indicator.code == "full_name":
        words = [mask_name(name) for name in words]
    return {
        "line": row["line"],
        "worker": worker,
        "name": mask_name(worker.full_name) if worker else "",
        "label": indicator.label,
        "held": words[0],
        "source": _source(row),
        "said": words[1],
    }


def _source(row: dict) -> str:
    if not row["held_by"]:
        return ""
    return f"{Source(row['held_by']).label} · {plain_date(day_of(row['held_since']))}"
