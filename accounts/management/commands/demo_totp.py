"""Print a demonstration official's present TOTP code."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import demo


class Command(BaseCommand):
    help = "打印演示工作人员当前的动态验证码（仅在 DEBUG 打开时）。"

    def add_arguments(self, parser) -> None:
        names = ", ".join(person.sign_in for person in demo.PEOPLE if person.password)
        parser.add_argument("name", help=f"用户名：{names}")

    def handle(self, *args, **options) -> None:
        try:
            code = demo.totp_code(options["name"], at=timezone.now())
        except demo.ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        if code is None:
            raise CommandError(f"no demonstration official {options['name']!r}; run seed_demo first")
        self.stdout.write(code)
