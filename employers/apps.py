from django.apps import AppConfig

from core import ui


class EmployersConfig(AppConfig):
    name = "employers"
    verbose_name = "用人单位"

    def ready(self) -> None:
        ui.register_tones("employers.employer", {"pending": "warn", "verified": "ok", "refused": "danger"})
