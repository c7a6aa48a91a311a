"""Deliver what the outbox holds; with --forever, as a process of its own that needs no broker."""

import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.utils import timezone

from core import outbox

POLL_SECONDS = 2.0
# At a busy moment several messages share one wake-up; nobody notices on a text message.
GATHER_SECONDS = 0.05
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "投递待发消息。--forever：常驻，收到数据库通知立即投递，每 2 秒兜底一次。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("--forever", action="store_true", help="常驻运行，直到收到终止信号")

    def handle(self, *args, **options) -> None:
        if not options["forever"]:
            self.stdout.write(f"{outbox.drain(at=timezone.now())} delivered")
            return
        self.running = True
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._stop)
        slow = threading.Thread(target=self._rounds, args=(True,), name="slow", daemon=True)
        slow.start()
        self._rounds(False)
        slow.join()  # what is being built is finished first

    def _rounds(self, slow: bool) -> None:
        """One lane, until told to stop; each has a connection of its own."""
        while self.running:
            self._one_round(slow)
        connection.close()

    def _stop(self, *args) -> None:
        self.running = False

    def _one_round(self, slow: bool) -> None:
        try:
            outbox.drain(at=timezone.now(), slow=slow)
            if outbox.wait(POLL_SECONDS, slow=slow):
                time.sleep(GATHER_SECONDS)
        except DatabaseError as error:
            logger.warning("the database is away (%s); trying again", type(error).__name__)
            connection.close()
            time.sleep(POLL_SECONDS)
