"""`manage.py warm_registry`: after PostgreSQL was restarted, before the doors open."""

from typing import Any

from django.core.management.base import BaseCommand

from ...warming import warm


class Command(BaseCommand):
    help = "Reads the registry into PostgreSQL's memory after a restart, so that the first pages are not the slow ones."

    def handle(self, *args: Any, **options: Any) -> None:
        warmed = warm()
        self.stdout.write(f"read {warmed.bytes / 1e9:.2f} GB in {warmed.seconds:.1f} s")
        if warmed.bytes > warmed.room_bytes:
            self.stdout.write(f"shared_buffers holds {warmed.room_bytes / 1e9:.2f} GB of it, see docs/decisions/0048")
