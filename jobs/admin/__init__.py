"""Jobs for officials: notices to check, applications to confirm, offers to read."""

from .applications import ApplicationAdmin, RecommendationAdmin
from .vacancies import VacancyAdmin

__all__ = ["ApplicationAdmin", "RecommendationAdmin", "VacancyAdmin"]
