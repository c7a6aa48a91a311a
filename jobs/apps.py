from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = "岗位"

    def ready(self) -> None:
        from . import ui

        ui.register()
