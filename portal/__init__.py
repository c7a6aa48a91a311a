"""Composition root: settings, URLs, Celery, home and health. Nobody imports it."""

from .celery import app as celery_app

__all__ = ["celery_app"]
