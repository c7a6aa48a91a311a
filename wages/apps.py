from django.apps import AppConfig


class WagesConfig(AppConfig):
    name = "wages"
    verbose_name = "工资"

    def ready(self) -> None:
        from . import money_handlers, ui  # noqa: F401  (answers to messages; the states' colours)
