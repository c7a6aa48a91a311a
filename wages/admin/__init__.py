"""The officials' side: cases by deadline, wage codes."""

from . import cases, codes, routing

__all__ = ["cases", "codes", "routing"]
