"""The colours of a case's states."""

from core.ui import register_tones

from .enums import ApprovalState, CaseState, ClaimantState, PaymentState

register_tones(
    "wages.case",
    {
        CaseState.SUBMITTED: "info",
        CaseState.SUPPLEMENT: "warn",
        CaseState.ACCEPTED: "info",
        CaseState.INVESTIGATING: "info",
        CaseState.ORDERED: "warn",
        CaseState.DECISION: "warn",
        CaseState.ENFORCEMENT: "warn",
        CaseState.PAID: "ok",
        CaseState.SETTLED: "ok",
        CaseState.POLICE: "danger",
    },
)
register_tones(
    "wages.claimant",
    {
        ClaimantState.CLAIMED: "info",
        ClaimantState.VERIFIED: "info",
        ClaimantState.PARTLY_PAID: "warn",
        ClaimantState.PAID: "ok",
        ClaimantState.NOT_RECEIVED: "danger",
    },
)
register_tones(
    "wages.approval",
    {ApprovalState.PENDING: "warn", ApprovalState.APPROVED: "ok", ApprovalState.REJECTED: "danger"},
)
register_tones(
    "wages.payment",
    {
        PaymentState.RECORDED: "info",
        PaymentState.CONFIRMED: "ok",
        PaymentState.PRESUMED: "ok",
        PaymentState.CONTESTED: "danger",
    },
)
