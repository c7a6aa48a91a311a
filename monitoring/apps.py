from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = _("监测报告")

    def ready(self) -> None:
        from . import ui  # noqa: F401
