"""Every act on vacancies, applications and offers: one function says who and when."""

from .applications import apply, may_see_phone, reveal_phone, whose_phone_may_be_seen, withdraw
from .hiring import hire, reject, unhire
from .recommendations import accept, decline, expire_unanswered, recommend
from .vacancies import close, expire_overdue, publish, refresh, refuse, register, revise

__all__ = [
    "accept",
    "apply",
    "close",
    "decline",
    "expire_overdue",
    "expire_unanswered",
    "hire",
    "may_see_phone",
    "publish",
    "recommend",
    "refresh",
    "refuse",
    "register",
    "reject",
    "reveal_phone",
    "revise",
    "unhire",
    "whose_phone_may_be_seen",
    "withdraw",
]
