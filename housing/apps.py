from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "housing"
    verbose_name = "公租房"

    def ready(self) -> None:
        from core.ui import register_tones

        from .enums import DOCUMENT_TONES, OBJECTION_TONES, STATE_TONES

        register_tones("housing.housingapplication", STATE_TONES)
        register_tones("housing.objection", OBJECTION_TONES)
        register_tones("housing.document", DOCUMENT_TONES)
