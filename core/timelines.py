"""The audit trail of a row as the steps of a page (`templates/_components/timeline.html`)."""

from collections.abc import Iterable, Mapping
from typing import Any

from .models import AuditEntry
from .templatetags.ui import cn_datetime


def steps(entries: Iterable[AuditEntry], titles: Mapping[str, Any]) -> list[dict[str, str]]:
    """The entries whose verb has a title, in their order; what has none is not told on this page."""
    return [_step(entry, titles[entry.verb]) for entry in entries if entry.verb in titles]


def all_steps(entries: Iterable[AuditEntry], titles: Mapping[str, Any]) -> list[dict[str, str]]:
    """Every entry, for a page that hides nothing; a verb without a title stands under its own name."""
    return [_step(entry, titles.get(entry.verb, entry.verb)) for entry in entries]


def _step(entry: AuditEntry, title: Any) -> dict[str, str]:
    note = " · ".join(filter(None, [entry.actor, entry.reason]))
    return {"title": str(title), "state": "done", "when": cn_datetime(entry.at), "note": note}
