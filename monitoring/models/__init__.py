"""The month's report, its sheets for the city and each district, its worksheets, and the orders to build it."""

from .order import BuildOrder
from .report import Report
from .sheet import Sheet
from .worksheet import Worksheet

__all__ = ["BuildOrder", "Report", "Sheet", "Worksheet"]
