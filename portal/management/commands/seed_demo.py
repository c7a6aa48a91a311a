"""`manage.py seed_demo --workers N --seed S`: the demonstration's people, employers and cases, floor by floor."""

from argparse import ArgumentParser
from datetime import datetime
from importlib import import_module
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

# Upper floors build on what the lower ones have added.
FLOORS = ("accounts", "places", "employers", "workers", "sites", "jobs", "wages", "housing", "monitoring")


class _DryRun(Exception):
    """Carries a dry run out of its transaction."""


class Command(BaseCommand):
    help = "Adds the synthetic demonstration data. What is already there stays; the same seed gives the same people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workers", type=int, default=20_000, help="size of the synthetic population")
        parser.add_argument("--seed", type=int, default=2026, help="seed of the random numbers")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then roll it back")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demonstration data exists only with DEBUG on.")
        if options["workers"] < 0:
            raise CommandError("--workers must not be negative.")
        at = timezone.now()
        if not options["dry_run"]:
            self._seed(at, options)
            return
        try:
            with transaction.atomic():
                self._seed(at, options)
                raise _DryRun
        except _DryRun:
            self.stdout.write("dry run: nothing was kept")

    def _seed(self, at: datetime, options: dict[str, Any]) -> None:
        began = perf_counter()
        for app in FLOORS:
            started = perf_counter()
            result = import_module(f"{app}.demo").seed(rng_seed=options["seed"], at=at, scale=options["workers"])
            speed = getattr(result, "rows_per_second", 0)
            note = f", {speed:,.0f} people/s" if speed else ""
            self.stdout.write(f"{app:<12}{perf_counter() - started:7.2f} s{note}")
        self.stdout.write(f"{'all':<12}{perf_counter() - began:7.2f} s")
