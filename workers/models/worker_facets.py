"""What officials choose a person by, beside the wide row: `workers/facets.py` says how it is asked."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from .worker import Worker


class WorkerFacets(models.Model):
    """The words of `workers_facets(…)` for one worker; a row that was merged into another has none while it is.

    Only the triggers of `workers_worker` write it, also when the worker goes, so Django neither checks nor deletes.
    """

    worker = models.OneToOneField(
        Worker,
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="facets",
        verbose_name=_("农民工"),
    )
    words = ArrayField(models.TextField(), verbose_name=_("筛选词"))

    class Meta:
        verbose_name = _("筛选词")
        verbose_name_plural = _("筛选词")
        indexes = [GinIndex(fields=["words"], name="workers_by_facets")]

    def __str__(self) -> str:
        return f"{self.worker_id}"
