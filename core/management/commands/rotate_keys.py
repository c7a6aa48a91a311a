"""Bring every sealed value under the first key of FIELD_KEYS."""

from collections.abc import Callable, Iterator
from functools import partial

from django.core.management.base import BaseCommand
from django.db import connection

from core import rotation


class Command(BaseCommand):
    help = "把所有密文换到 FIELD_KEYS 的第一把密钥。可随时中断，再次运行会接着做；全部完成后才可移除旧密钥。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="只统计还有多少待换")

    def handle(self, *args, **options) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
        for field in rotation.sealed_fields():
            self._bring_over(
                field.label, rotation.outdated(field), partial(rotation.reseal, field), dry_run=options["dry_run"]
            )
        for files in rotation.sealed_files():
            self._bring_over(files.label, files.outdated(), files.reseal, dry_run=options["dry_run"])

    def _bring_over(self, label: str, waiting: int, reseal: Callable[[], Iterator[int]], *, dry_run: bool) -> None:
        if dry_run or not waiting:
            self.stdout.write(f"{label}: {waiting} to re-seal")
            return
        done = 0
        for some in reseal():
            done += some
            self.stdout.write(f"\r{label}: {done} of {waiting}", ending="")
        self.stdout.write("")
