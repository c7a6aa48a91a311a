"""Enterprises under their unified social credit code, and the construction projects they run."""

from .employer import Employer
from .project import Project

__all__ = ["Employer", "Project"]
