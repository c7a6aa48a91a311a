from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "sites"
    verbose_name = "欠薪预防"

    def ready(self) -> None:
        from workers.feeds.writing.undoing import also_refers

        from . import ui
        from .files import kind  # noqa: F401 - says what the files of this room are

        ui.register()
        for table in ("sites_payrollline", "sites_attendanceline"):
            also_refers(table, "person")
