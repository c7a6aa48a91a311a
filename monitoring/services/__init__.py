"""The only place that writes reports: built, published, withdrawn, and ordered to be built."""

from .orders import ATTEMPTS, carry_out, order_build
from .reports import TARGET, build, build_if_missing, lock_of, publish, withdraw

__all__ = [
    "ATTEMPTS",
    "TARGET",
    "build",
    "build_if_missing",
    "carry_out",
    "lock_of",
    "order_build",
    "publish",
    "withdraw",
]
