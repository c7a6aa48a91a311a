"""The month's report and its sheets, one for the city and one for each district."""

from .report import Report
from .sheet import Sheet

__all__ = ["Report", "Sheet"]
