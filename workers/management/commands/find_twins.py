"""`manage.py find_twins`: search the registry for people who are in it twice."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.errors import Refusal

from ...twins.detecting import find_twins
from ...twins.reasons import LABELS


class Command(BaseCommand):
    help = "Finds people who are in the registry twice and lays the pairs before the officials. Changes nobody's data."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            search = find_twins(at=timezone.now())
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(
            f"{search.people:,} people in {search.seconds:.1f} s: {search.found:,} pairs, {search.new:,} new,"
            f" {search.gone:,} no longer"
        )
        for code, (blocks, rows) in search.skipped.items():
            self.stdout.write(f"not compared, {LABELS.get(code, code)}: {blocks:,} keys of {rows:,} people")
