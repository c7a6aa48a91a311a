"""The real-name registry: the wide worker table, its provenance and history, and what the worker agreed to."""

from .broker_update import BrokerUpdate, UpdateState
from .consent import Consent, ContactGrant
from .dispute import Dispute, DisputeState
from .erasure import ErasureRequest, ErasureState
from .feed import FeedBatch, FeedState
from .history import Act, Precedence, Provenance, Statement
from .intent import JobIntent
from .mandate import Mandate
from .mandate_claim import ClaimState, MandateClaim
from .rank_change import RankChange, RankState
from .twins import Fate, Merge, MergeLink, TwinPair, TwinSearch, TwinState
from .worker import Worker
from .worker_facets import WorkerFacets

__all__ = [
    "Act",
    "BrokerUpdate",
    "ClaimState",
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
    "MandateClaim",
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
    "UpdateState",
    "Worker",
    "WorkerFacets",
]
