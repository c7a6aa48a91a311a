"""The registry in the officials' site: people, and what departments send."""

from .feeds import FeedBatchAdmin
from .people import WorkerAdmin, found_by

__all__ = ["FeedBatchAdmin", "WorkerAdmin", "found_by"]
