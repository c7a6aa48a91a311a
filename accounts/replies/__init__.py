"""Replies by text message: a question that one digit answers, and what comes back.

`reading` makes out what somebody typed; `kinds` is where a matter says what a digit means for it; `questions` asks and
closes; `inbound` keeps what came and answers it once, through the outbox; `aliyun` reads the provider's callback.
"""

from .inbound import Incoming, forget, handle, take
from .kinds import Answer, Kind, register
from .questions import ask, close, left_at, remind

__all__ = ["Answer", "Incoming", "Kind", "ask", "close", "forget", "handle", "left_at", "register", "remind", "take"]
