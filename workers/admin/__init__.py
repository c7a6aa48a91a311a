"""The registry in the officials' site: people, and what departments send."""

from .claims import MandateClaimAdmin
from .disputes import DisputeAdmin
from .erasures import ErasureRequestAdmin
from .feeds import FeedBatchAdmin
from .finding import found_by
from .mandates import MandateAdmin
from .people import WorkerAdmin
from .precedence import PrecedenceAdmin
from .twins import TwinPairAdmin

__all__ = [
    "DisputeAdmin",
    "ErasureRequestAdmin",
    "FeedBatchAdmin",
    "MandateAdmin",
    "MandateClaimAdmin",
    "PrecedenceAdmin",
    "TwinPairAdmin",
    "WorkerAdmin",
    "found_by",
]
