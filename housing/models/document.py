"""The papers handed in with an application."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import one_of
from core.models import StoredFile

from ..enums import DocumentKind, DocumentState
from .application import HousingApplication


class Document(models.Model):
    """One photo or PDF under one heading."""

    application = models.ForeignKey(
        HousingApplication, models.CASCADE, related_name="documents", verbose_name=_("申请")
    )
    kind = models.CharField(_("材料"), max_length=20, choices=DocumentKind.choices)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    state = models.CharField(_("状态"), max_length=12, choices=DocumentState.choices, default=DocumentState.HANDED_IN)
    remark = models.CharField(_("退回原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("申请材料")
        verbose_name_plural = _("申请材料")
        constraints = [
            one_of("kind", DocumentKind, name="housing_document_kind", message=_("没有这类材料。")),
            one_of("state", DocumentState, name="housing_document_state", message=_("未知的状态。")),
            models.CheckConstraint(
                condition=~models.Q(state=DocumentState.REJECTED) | ~models.Q(remark=""),
                name="housing_document_rejected_with_reason",
                violation_error_message=_("退回材料要写原因。"),
            ),
        ]
        indexes = [models.Index(fields=["application", "kind"], name="housing_document_kind_idx")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.get_kind_display()}"
