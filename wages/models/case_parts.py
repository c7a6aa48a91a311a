"""What belongs to a case: evidence, letters, and officials who step aside."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import constraints
from core.models import StoredFile

from ..enums import DocumentKind, EvidenceKind
from .case import Case


class Evidence(models.Model):
    """A photo or paper. The file's own name is not kept: it may name people."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="evidence", verbose_name=_("案件"))
    stored = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    kind = models.CharField(_("种类"), max_length=8, choices=EvidenceKind.choices)
    added_at = models.DateTimeField(_("收到时间"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("添加人")
    )

    class Meta:
        verbose_name = _("证据材料")
        verbose_name_plural = _("证据材料")
        constraints = [constraints.one_of("kind", EvidenceKind, name="wages_evidence_kind", message=_("未知的种类。"))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Document(models.Model):
    """A letter to the complainant or the employer. The complainant's name is put in when it is printed.

    It keeps the place of the office that wrote it: the case may move to another office afterwards.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="documents", verbose_name=_("案件"))
    division = models.CharField(_("出具机构所在地"), max_length=12)
    kind = models.CharField(_("文书"), max_length=16, choices=DocumentKind.choices)
    number = models.CharField(_("文号"), max_length=40, unique=True)
    ground = models.CharField(_("依据"), max_length=200, blank=True)
    text = models.TextField(_("正文"))
    rule = models.CharField(_("所用参数"), max_length=80, blank=True)
    issued_at = models.DateTimeField(_("签发时间"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("签发人"))

    class Meta:
        verbose_name = _("文书")
        verbose_name_plural = _("文书")
        constraints = [constraints.one_of("kind", DocumentKind, name="wages_document_kind", message=_("未知的文书。"))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Recusal(models.Model):
    """An official who must not handle a case, because of an interest in it (监察条例 art. 16)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals", verbose_name=_("案件"))
    official = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("回避人"))
    reason = models.CharField(_("理由"), max_length=200)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("回避")
        verbose_name_plural = _("回避")
        constraints = [models.UniqueConstraint(fields=["case", "official"], name="wages_recusal_once")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
