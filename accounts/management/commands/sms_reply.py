"""Play a phone that replies to a text message, where no provider brings any."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import replies


class Command(BaseCommand):
    help = "模拟一部手机回短信（仅在 DEBUG 打开时）：sms_reply 13800000001 1"

    def add_arguments(self, parser) -> None:
        parser.add_argument("phone", help="手机号")
        parser.add_argument("text", help="回复的内容，例如 1 或 2")
        parser.add_argument("--key", default="", help="通道的消息编号；同一编号只收一次")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("only with DEBUG: in production replies come from the provider")
        at = timezone.now()
        key = options["key"] or at.isoformat()
        message = replies.Incoming("demo", key, options["phone"], options["text"], at)
        if options["dry_run"]:
            self.stdout.write("nothing written")
        elif replies.take(message, at=at):
            self.stdout.write("kept; it is answered by whoever drains the outbox")
        else:
            raise CommandError("not a mobile number, or this message was kept before")
