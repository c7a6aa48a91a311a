"""The month's report and its sheets, one for the city and one for each district, and the orders to build it."""

from .order import BuildOrder
from .report import Report
from .sheet import Sheet

__all__ = ["BuildOrder", "Report", "Sheet"]
