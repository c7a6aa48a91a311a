from django.apps import AppConfig


class WorkersConfig(AppConfig):
    name = "workers"
    verbose_name = "农民工"

    def ready(self) -> None:
        from accounts import stepup

        from .services.enrolment import identity_matches

        stepup.register(identity_matches)
