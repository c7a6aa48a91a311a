"""`manage.py build_report 2026-10`: compute a month's figures and keep them as a draft."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from core.divisions import CITY
from core.errors import Refusal
from monitoring import periods, services
from monitoring.enums import Origin


class Command(BaseCommand):
    help = "编制一个月的监测报告（草稿），例如 build_report 2026-10；已发布的月份生成新的一版。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("period", help="月份，例如 2026-10")
        parser.add_argument("--dry-run", action="store_true", help="只计算并显示，不保存")

    def handle(self, *args: Any, period: str, dry_run: bool, **options: Any) -> None:
        started = time.perf_counter()
        try:
            with transaction.atomic():
                report = services.build(
                    periods.parse(period),
                    by=None,
                    at=timezone.now(),
                    origin=Origin.DEMO if settings.DEMO else Origin.REGISTRY,
                )
                sheets = {sheet.division_id: sheet.figures for sheet in report.sheets.all()}
                transaction.set_rollback(dry_run)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        seconds = time.perf_counter() - started
        self.stdout.write(f"{report.period} 第 {report.version} 版：全市和 {len(sheets) - 1} 个区县，{seconds:.2f} 秒")
        for key, cells in sheets[CITY].items():
            self.stdout.write(f"  {key}: {cells}")
        self.stdout.write("只计算，没有保存。" if dry_run else "已存为草稿，由全市工作人员在后台发布。")
