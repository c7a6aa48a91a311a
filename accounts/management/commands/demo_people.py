"""Print the demonstration's sign-ins."""

from django.core.management.base import BaseCommand, CommandError

from accounts import demo
from core import divisions


class Command(BaseCommand):
    help = "打印演示账户（仅在 DEBUG 打开时存在）。"

    def handle(self, *args, **options) -> None:
        try:
            demo.refuse_outside_demo()
        except demo.ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        for person in demo.PEOPLE:
            place = divisions.name_of(person.division) if person.division else "-"
            how = f"password {person.password}" if person.password else "code by SMS, shown on the page"
            self.stdout.write(f"{person.role.value:<9}{person.sign_in:<13}{how:<32}{person.name} {place}")
        self.stdout.write(f"TOTP secret of officials: {demo.TOTP_SECRET} (or: manage.py demo_totp NAME)")
