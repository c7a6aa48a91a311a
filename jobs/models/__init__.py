"""Vacancies, and the two ways a worker comes to one: by applying and by being recommended."""

from .application import Application
from .recommendation import Recommendation
from .vacancy import Vacancy

__all__ = ["Application", "Recommendation", "Vacancy"]
