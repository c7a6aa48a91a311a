"""The officials' side: applications by deadline, estates and rents."""

from . import applications, estates

__all__ = ["applications", "estates"]
