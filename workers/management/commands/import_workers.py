"""Take a department's file into the registry, or take one back, from the server's command line."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import sleep
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.calendar import local_day
from core.errors import Refusal

from ...feeds import deciding, receiving, running
from ...feeds.reading import profiles
from ...feeds.registry import OUTCOMES
from ...models import FeedBatch, FeedState

_PIECE = 1 << 20
_PAUSE_SECONDS = 5


class Command(BaseCommand):
    help = "导入部门数据：读、查、比对、预览、写入。--dry-run 只预览；--undo 批号 撤销一批。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--source", help="部门，例如 教育")
        parser.add_argument("--observed-on", type=date.fromisoformat, help="数据日期，默认今天")
        parser.add_argument("--dry-run", action="store_true", help="只预览，不写入")
        parser.add_argument("--undo", type=int, metavar="BATCH", help="撤销这一批")
        parser.add_argument("--reason", default="", help="撤销的理由")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["undo"] is not None:
                self._undo(options["undo"], options["reason"])
            elif options["file"] is None or not options["source"]:
                raise CommandError("要写文件和 --source 部门，或者 --undo 批号。")
            else:
                self._import(options)
        except Refusal as no:
            raise CommandError(no.message) from no

    def _import(self, options: dict[str, Any]) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"没有这个文件：{path}")
        source, at = profiles.by_name(options["source"]).source, timezone.now()
        observed_on = options["observed_on"] or local_day(at)
        batch = receiving.receive(_pieces(path), path.name, source=source, observed_on=observed_on, by=None, at=at)
        batch = self._run(batch)
        self._tell(batch)
        if options["dry_run"]:
            deciding.drop(batch, by=None, at=timezone.now())
            self.stdout.write("只是预览，登记没有变化。")
            return
        while batch.state == FeedState.CHECKED:  # once more where the registry moved on and the file was checked anew
            batch = self._run(deciding.confirm(batch, by=None, at=timezone.now()))
        done = batch.counts["applied"]
        if done["values"] or done["new_people"]:
            self.stdout.write(f"第 {batch.pk} 批已写入：新登记 {done['new_people']} 人，改变 {done['values']} 项信息。")
        else:
            self.stdout.write(f"第 {batch.pk} 批已写入：和登记完全一致，没有任何变化。")

    def _undo(self, number: int, reason: str) -> None:
        batch = FeedBatch.objects.filter(pk=number).first()
        if batch is None:
            raise CommandError(f"没有第 {number} 批。")
        batch = self._run(deciding.take_back(batch, by=None, at=timezone.now(), reason=reason))
        done = batch.counts["undone"]
        self.stdout.write(
            f"第 {number} 批已撤销：恢复 {done['values']} 项信息，删去 {done['people_gone']} 个只由它登记的人。"
        )

    def _run(self, batch: FeedBatch) -> FeedBatch:
        """Run here and now; wait while another file is being written, or while the background is at this one."""
        told = ""
        while batch.state in running.WORK:
            batch = running.run(batch.pk, now=timezone.now) or FeedBatch.objects.get(pk=batch.pk)
            if batch.message != told and batch.state in running.WORK:
                told = batch.message
                self.stdout.write(told)
            if batch.state in running.WORK:
                sleep(_PAUSE_SECONDS)
        if batch.state == FeedState.FAILED:
            raise CommandError(batch.message)
        return batch

    def _tell(self, batch: FeedBatch) -> None:
        counts = batch.counts
        for name, label in OUTCOMES.items():
            self.stdout.write(f"{label}：{counts[name]:,}")
        for key, label in (("unknown_headers", "不认识的列"), ("not_theirs", "不归这个部门的列")):
            if counts[key]:
                self.stdout.write(f"{label}：{'、'.join(counts[key])}")


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
