"""The officials' side: cases by deadline, wage codes."""

from . import cases, codes

__all__ = ["cases", "codes"]
