from django.apps import AppConfig

from core import ui


class PlacesConfig(AppConfig):
    name = "places"
    verbose_name = "办事地点"

    def ready(self) -> None:
        ui.register_tones("places.edit", {"pending": "warn", "published": "ok", "dropped": "neutral"})
