"""Text messages: one queue, several ways out. `queue()` writes a row; the outbox sends it moments later."""

from .queueing import BudgetSpent, fit, queue
from .sending import deliver

__all__ = ["BudgetSpent", "deliver", "fit", "queue"]
