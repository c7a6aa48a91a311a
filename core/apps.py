from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "基础数据"

    def ready(self) -> None:
        from . import randomness

        randomness.install()
        autodiscover_modules("handlers")  # each app's answers to outbox messages
