"""A monthly file of a bank or a contractor on its way in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import one_of
from workers.models import FeedState
from workers.models.feed import FileBatch

from ..enums import FileKind, Teller
from ..querysets import FileQuerySet


class PayrollFile(FileBatch):
    """Attendance, payroll or deposits of one or many projects; each row names its project and month."""

    kind = models.CharField(_("内容"), max_length=8, choices=FileKind.choices)
    teller = models.SmallIntegerField(_("谁报的"), choices=Teller.choices)
    # Of the projects of this place only; whoever sends it in covers it.
    prefixes = models.JSONField(_("范围"), default=list, editable=False)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("工资监测文件")
        verbose_name_plural = _("工资监测文件")
        indexes = [
            models.Index(fields=["-uploaded_at", "-id"], name="sites_files_latest"),
            models.Index(fields=["uploaded_by", "-uploaded_at", "-id"], name="sites_files_mine"),
        ]
        constraints = [
            one_of("state", FeedState, name="sites_file_state", message=_("未知的状态。")),
            one_of("kind", FileKind, name="sites_file_kind", message=_("未知的内容。")),
            models.UniqueConstraint(
                fields=["kind", "teller", "digest"],
                condition=Q(state__in=[FeedState.APPLYING, FeedState.APPLIED, FeedState.UNDOING]),
                name="sites_file_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"
