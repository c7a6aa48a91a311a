"""People who sign in, what proves them, and what is sent to them."""

from .attempt import Attempt
from .code import PhoneCode
from .device import KnownDevice
from .notice import Notice
from .recovery import RecoveryRequest
from .reply import SmsQuestion, SmsReply
from .secret import FactorSecret
from .sms import SmsDay, SmsMessage
from .user import User

__all__ = [
    "Attempt",
    "FactorSecret",
    "KnownDevice",
    "Notice",
    "PhoneCode",
    "RecoveryRequest",
    "SmsDay",
    "SmsMessage",
    "SmsQuestion",
    "SmsReply",
    "User",
]
