from django.apps import AppConfig


class WagesConfig(AppConfig):
    name = "wages"
    verbose_name = "工资"

    def ready(self) -> None:
        from . import ui  # noqa: F401  (gives the states their colours)
