"""The registry in the officials' site: people, and what departments send."""

from .people import WorkerAdmin, found_by

__all__ = ["WorkerAdmin", "found_by"]
