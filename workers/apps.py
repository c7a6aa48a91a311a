from django.apps import AppConfig


class WorkersConfig(AppConfig):
    name = "workers"
    verbose_name = "农民工"

    def ready(self) -> None:
        from accounts import stepup
        from core import rotation

        from . import ui
        from .feeds import sealedfile
        from .services.enrolment import identity_matches

        stepup.register(identity_matches)
        ui.register()
        rotation.register_files(
            rotation.SealedFiles("workers.feeds", lambda: len(sealedfile.outdated()), sealedfile.rewrap_all)
        )
