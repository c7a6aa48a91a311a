"""Bring every sealed value under the first key of FIELD_KEYS."""

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
            waiting = rotation.outdated(field)
            if options["dry_run"] or not waiting:
                self.stdout.write(f"{field.label}: {waiting} to re-seal")
                continue
            done = 0
            for rows in rotation.reseal(field):
                done += rows
                self.stdout.write(f"\r{field.label}: {done} of {waiting}", ending="")
            self.stdout.write("")
