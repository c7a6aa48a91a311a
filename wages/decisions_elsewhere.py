"""The buttons of a case that goes on with the commission, the court or the police; part of the table in `decisions`."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import services
from .enums import ArbitrationState, CaseState
from .forms import elsewhere as forms
from .models import Arbitration, Case, Enforcement
from .models.elsewhere import UNDER_WAY

# (slug, label, form, service, tone)
ROWS: tuple[tuple[str, Any, type, Callable[..., Any], str], ...] = (
    ("arb_apply", _("记录已申请仲裁"), forms.Applied, services.arb_apply, "first"),
    ("arb_accept", _("仲裁委受理"), forms.Accepted, services.arb_accept, "first"),
    ("arb_refuse", _("仲裁委不予受理"), forms.Refused, services.arb_refuse, "second"),
    ("arb_serve", _("已送达单位"), forms.Served, services.arb_serve, "second"),
    ("arb_defend", _("单位已答辩"), forms.Defended, services.arb_defend, "second"),
    ("arb_hearing", _("开庭日期"), forms.Hearing, services.arb_hearing, "second"),
    ("arb_mediate", _("开始调解"), forms.MediationBegins, services.arb_mediate, "second"),
    ("arb_mediated", _("达成调解"), forms.Mediated, services.arb_mediated, "second"),
    ("arb_provisional", _("先予执行"), forms.Provisional, services.arb_provisional, "second"),
    ("arb_extend", _("裁决延期"), forms.ExtendAward, services.arb_extend, "second"),
    ("arb_award", _("已裁决"), forms.Award, services.arb_award, "first"),
    ("arb_sue", _("已起诉"), forms.Sued, services.arb_sue, "second"),
    ("take_back", _("收回办理"), forms.TakeBack, services.take_back, "second"),
    ("demand", _("催告"), forms.Demand, services.demand, "first"),
    ("police_receipt", _("公安回执"), forms.PoliceReceipt, services.police_receipt, "second"),
    ("police_answer", _("公安答复"), forms.PoliceSaid, services.police_answer, "second"),
)
SLUGS = {slug for slug, *_rest in ROWS}


def possible(case: Case) -> set[str]:
    """The slugs that make sense where the case is now; the services ask again."""
    if case.state == CaseState.DECISION:
        return set() if Enforcement.objects.filter(case=case).exists() else {"demand"}
    if case.state == CaseState.POLICE:
        row = case.police_transfers.order_by("-pk").first()
        if row is None:
            return {"take_back"}
        open_answers = {"police_receipt": row.receipt_on is None, "police_answer": row.answer == ""}
        return {"take_back", *(slug for slug, is_open in open_answers.items() if is_open)}
    if case.state == CaseState.ARBITRATION:
        row = case.arbitrations.order_by("-pk").first()
        return {"take_back", *(_next(row) if row else ())}
    return set()


def _next(row: Arbitration) -> set[str]:
    if row.state == ArbitrationState.REFERRED:
        return {"arb_apply"}
    if row.state == ArbitrationState.APPLIED:
        return {"arb_accept", "arb_refuse"}
    if row.state in UNDER_WAY:
        once = {
            "arb_serve": row.served_on is None,
            "arb_defend": row.served_on is not None and row.defended_on is None,
            "arb_extend": row.extended_on is None,
            "arb_provisional": row.provisional_on is None,
        }
        always = {"arb_hearing", "arb_mediate", "arb_mediated", "arb_award"}
        return always | {slug for slug, is_open in once.items() if is_open}
    ended = row.state in (ArbitrationState.AWARDED, ArbitrationState.REFUSED) and row.sued_on is None
    return {"arb_sue"} if ended else set()
