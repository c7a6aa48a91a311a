"""What people type about jobs: the list's filters, a vacancy's notice, a reason."""

from .filters import FilterForm
from .notice import VacancyForm
from .reason import ReasonForm

__all__ = ["FilterForm", "ReasonForm", "VacancyForm"]
