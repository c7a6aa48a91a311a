"""A case in another house in the complainant's words: the stages with their days, what comes next, what one can do."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.templatetags.ui import cn_date, fen

from .enums import ArbitrationState
from .models import Arbitration, Case, PoliceTransfer
from .models.elsewhere import UNDER_WAY
from .terms import ClockKind


def panel(case: Case, *, today: date) -> dict[str, Any] | None:
    """For the status page and the officials' page; None where the case never went elsewhere."""
    row = case.arbitrations.order_by("-pk").first()
    if row is not None:
        return {"title": _("仲裁走到哪里"), "items": arbitration(row, _due(case), today), "advice": advice(row)}
    police = case.police_transfers.order_by("-pk").first()
    if police is not None:
        return {"title": _("公安办到哪里"), "items": at_the_police(police), "advice": ""}
    return None


def _due(case: Case) -> dict[str, date]:
    return dict(case.clocks.filter(ended_on__isnull=True).order_by("pk").values_list("kind", "due_on"))


def arbitration(row: Arbitration, due: dict[str, date], today: date) -> list[dict[str, Any]]:
    """The stages: what happened with its day, then what is waited for with the last day by law."""
    where = _("{name}（速裁庭）").format(name=row.commission) if row.fast else row.commission
    told = [
        (row.referred_on, _("请走仲裁"), where),
        (row.applied_on, _("仲裁委收到申请"), ""),
        (row.refused_on, _("仲裁委不予受理"), row.note),
        (row.accepted_on, _("仲裁委受理"), ""),
        (row.served_on, _("申请书送到单位"), ""),
        (row.defended_on, _("单位交了答辩书"), ""),
        (row.extended_on, _("裁决延期"), ""),
        (row.provisional_on, _("先予执行"), fen(row.provisional_fen) if row.provisional_fen else ""),
        (row.hearing_on if row.hearing_on and row.hearing_on <= today else None, _("开庭"), ""),
        (row.award_on, *_ending(row)),
        (row.sued_on, _("已起诉"), ""),
    ]
    items = [{"title": title, "state": "done", "when": cn_date(day), "note": note} for day, title, note in told if day]
    return [*items, *_ahead(row, due, today)]


def _ending(row: Arbitration) -> tuple[str, str]:
    if row.state == ArbitrationState.MEDIATED:
        return _("达成调解"), fen(row.award_fen)
    kind = _("终局裁决") if row.final else _("裁决")
    return kind, fen(row.award_fen) if row.award_fen is not None else ""


def _ahead(row: Arbitration, due: dict[str, date], today: date) -> list[dict[str, Any]]:
    if row.state == ArbitrationState.REFERRED:
        return [_step("now", _("等你申请仲裁"), _("带身份证和证据去仲裁委，不收费，可以口头申请"))]
    words = {
        ClockKind.ARB_ACCEPT: _("等仲裁委答复是否受理"),
        ClockKind.ARB_SERVE: _("等申请书送到单位"),
        ClockKind.ARB_DEFENCE: _("等单位答辩"),
        ClockKind.MEDIATION: _("正在调解"),
        ClockKind.ARB_AWARD: _("等裁决"),
    }
    waiting = [(due[kind], title, _("最迟 {day}")) for kind, title in words.items() if kind in due]
    if row.state in UNDER_WAY and row.hearing_on and row.hearing_on > today:
        waiting.append((row.hearing_on, _("开庭，请按时到"), _("{day}，带身份证和证据")))
    return [
        _step("now" if n == 0 else "next", title, words.format(day=cn_date(day)))
        for n, (day, title, words) in enumerate(sorted(waiting))
    ]


def _step(state: str, title: str, note: str) -> dict[str, Any]:
    return {"title": title, "state": state, "when": "", "note": note}


def advice(row: Arbitration) -> str:
    """What the person can do now; one sentence or two."""
    if row.state == ArbitrationState.AWARDED and row.sued_on is None:
        words = _("不服裁决，可以在 {day} 前向法院起诉。").format(day=cn_date(row.sue_by))
        if row.final:
            return words + _("不起诉的，裁决已经生效；单位不付，可以凭裁决书申请法院强制执行。")
        return words + _("双方都不起诉的，到期生效；单位不付，可以申请法院强制执行。")
    if row.state == ArbitrationState.MEDIATED:
        return _("调解书双方签收后生效。单位不付，可以凭调解书申请法院强制执行。")
    if row.state == ArbitrationState.REFUSED:
        return _("仲裁委不受理，可以就这件事向法院起诉。")
    if row.state == ArbitrationState.ACCEPTED and row.provisional_on is None:
        return _("等钱用、事实清楚的，可以向仲裁庭申请先予执行，不用提供担保。")
    return ""


def at_the_police(row: PoliceTransfer) -> list[dict[str, Any]]:
    told = [
        (row.sent_on, _("移送公安机关"), row.station),
        (row.receipt_on, _("公安机关签收"), ""),
        (row.answered_on, row.get_answer_display(), ""),
    ]
    items = [
        {"title": str(title), "state": "done", "when": cn_date(day), "note": note} for day, title, note in told if day
    ]
    return items if row.answer else [*items, _step("now", _("等公安机关答复"), "")]
