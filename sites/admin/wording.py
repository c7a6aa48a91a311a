"""How alerts and rules are told: levels with their colours, evidence in words."""

from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.ui import badge, cn_date, fen

from ..enums import Level, RuleKind
from ..models import Alert, WatchRule
from ..ui import LEVEL_TONES
from ..watch.looking import speaks_of

_NUMBERS = {
    "people": gettext_lazy("查看的人数"),
    "hit": gettext_lazy("符合规则的人数"),
    "unlisted": gettext_lazy("其中有考勤、工资表里没有的"),
    "due_fen": gettext_lazy("这些人应得（应拨）"),
    "paid_fen": gettext_lazy("已付（已到账）"),
    "short_fen": gettext_lazy("还差"),
    "due_on": gettext_lazy("应在这天之前发"),
    "until": gettext_lazy("看到这天为止"),
}


def level(number: int, *, short: bool = False) -> SafeString:
    """The word with its colour; in a list without what it asks for."""
    word = str(Level(number).label)
    return badge(word.partition(" · ")[0] if short else word, LEVEL_TONES[number])


def when(alert: Alert) -> str:
    """Whose month, and how many days after the pay day."""
    return _("{month} · 后 {n} 天").format(month=f"{alert.month:%Y-%m}", n=alert.offset)


def evidence(alert: Alert) -> list[tuple[str, str]]:
    """Counts and sums in words."""
    said, found = alert.evidence, []
    if "file" in said:
        found.append((_("缺少的文件"), speaks_of(said["file"])))
    for name, label in _NUMBERS.items():
        if name in said and (said[name] or name != "unlisted"):
            found.append((str(label), _value(name, said[name])))
    return found


def _value(name: str, said: int | str) -> str:
    if name.endswith("_fen"):
        return fen(int(said))
    return cn_date(date.fromisoformat(said)) if isinstance(said, str) else str(said)


def in_short(alert: Alert) -> str:
    """One line for a list."""
    said = alert.evidence
    if "file" in said:
        return _("缺{what}文件").format(what=speaks_of(said["file"]))
    short = _("差 {sum}").format(sum=fen(int(said["short_fen"])))
    if "hit" not in said:
        return short
    return _("{n} 人（共 {all} 人），{short}").format(n=said["hit"], all=said["people"], short=short)


def params(rule: WatchRule) -> str:
    """The rule's numbers in words."""
    words = {
        "people": _("至少 {n} 人"),
        "percent": _("至少占 {n}%"),
        "enough": _("达到 {n}% 算足额"),
    }
    told = [words[name].format(n=rule.params[name]) for name in words if name in rule.params]
    if rule.kind == RuleKind.MISSING_FILE:
        told.append(speaks_of(rule.params["file"]))
    return "，".join(told)
