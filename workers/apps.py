from django.apps import AppConfig


class WorkersConfig(AppConfig):
    name = "workers"
    verbose_name = "农民工"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from accounts import stepup
        from core import file_sweep, rotation

        from . import ui
        from .feeds import files, registry, sealedfile  # noqa: F401 - the registry says what its files are
        from .rights import brokers, own  # noqa: F401 - say what the registry's tables hold
        from .services.enrolment import identity_matches

        stepup.register(identity_matches)
        ui.register()
        rotation.register_files(
            rotation.SealedFiles("workers.feeds", lambda: len(sealedfile.outdated()), sealedfile.rewrap_all)
        )
        file_sweep.also(file_sweep.Store(files.lying, files.is_needed))
        autodiscover_modules("rights")
