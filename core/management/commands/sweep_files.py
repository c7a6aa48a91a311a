"""Remove files that no row knows, and name the rows whose file is missing."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from core import file_sweep
from core.errors import Refusal


class Command(BaseCommand):
    help = "清理没有记录的文件，并列出文件缺失或长度不符的记录（发现时以非零状态结束）。每天夜里自动运行。"

    def add_arguments(self, parser) -> None:
        settled = int(file_sweep.SETTLED_AFTER.total_seconds()) // 3600
        parser.add_argument("--hours", type=int, default=settled, help="只清理多少小时以前的文件")
        parser.add_argument("--dry-run", action="store_true", help="只统计，不删除")
        parser.add_argument("--everything", action="store_true", help="没有记录的文件多得不正常时，也全部删除")

    def handle(self, *args, **options) -> None:
        if options["hours"] < 1:
            raise CommandError("--hours must be at least 1: an upload may still be running")
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
        found = file_sweep.compare(at=timezone.now(), settled_after=timedelta(hours=options["hours"]))
        removed = 0
        if not options["dry_run"]:
            try:
                removed = file_sweep.remove(found, everything=options["everything"])
            except Refusal as refusal:
                raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{found.files} files, {len(found.leftovers)} without a row, {removed} removed")
        if found.damaged:
            raise CommandError(f"{len(found.damaged)} rows without their file: {_some(found.damaged)}")


def _some(pks: list[int]) -> str:
    return ", ".join(map(str, pks[:50])) + (" …" if len(pks) > 50 else "")
