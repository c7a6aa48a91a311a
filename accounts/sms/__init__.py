"""Text messages: one queue, several ways out. `queue()` writes a row; the outbox sends it moments later."""

from .queueing import BudgetSpent, fit, forget, queue, queue_or_note, text_about
from .sending import deliver

__all__ = ["BudgetSpent", "deliver", "fit", "forget", "queue", "queue_or_note", "text_about"]
