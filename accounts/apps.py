from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账户"

    def ready(self) -> None:
        from . import browsers, checks, ui  # noqa: F401  (registers the system checks)

        ui.register()
        browsers.take_over()
