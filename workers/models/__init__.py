"""The real-name registry: the wide worker table, its provenance and history, and what the worker agreed to."""

from .consent import Consent, ContactGrant
from .dispute import Dispute, DisputeState
from .erasure import ErasureRequest, ErasureState
from .feed import FeedBatch, FeedState
from .history import Act, Precedence, Provenance, Statement
from .intent import JobIntent
from .mandate import Mandate
from .rank_change import RankChange, RankState
from .twins import Fate, Merge, MergeLink, TwinPair, TwinSearch, TwinState
from .worker import Worker

__all__ = [
    "Act",
    "Consent",
    "ContactGrant",
    "Dispute",
    "DisputeState",
    "ErasureRequest",
    "ErasureState",
    "Fate",
    "FeedBatch",
    "FeedState",
    "JobIntent",
    "Mandate",
    "Merge",
    "MergeLink",
    "Precedence",
    "Provenance",
    "RankChange",
    "RankState",
    "Statement",
    "TwinPair",
    "TwinSearch",
    "TwinState",
    "Worker",
]
