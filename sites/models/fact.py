"""What is known of a project, each with who says so."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import between, one_of, together
from core.models import StoredFile
from employers.models import Project

from ..enums import BondTerms, FactKind
from ..querysets import OfProjectQuerySet

MOST_FEN = 10**15  # ten trillion yuan; what no contract reaches


class Site(Project):
    """The same project, as prevention looks at it."""

    class Meta:
        proxy = True
        verbose_name = _("工程监测")
        verbose_name_plural = _("工程监测")


class Fact(models.Model):
    """One thing that happened at a project: the account was opened, the bond was stored. Wrong ones are withdrawn with
    a reason and stay to be read."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="facts", verbose_name=_("工程项目"))
    kind = models.CharField(_("事项"), max_length=12, choices=FactKind.choices)
    day = models.DateField(_("日期"))
    fen = models.BigIntegerField(_("金额（分）"), null=True, blank=True)
    terms = models.CharField(_("减免情形"), max_length=12, choices=BondTerms.choices, blank=True)
    note = models.CharField(_("说明"), max_length=100, blank=True)
    source = models.CharField(_("依据"), max_length=100)
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("凭证"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人")
    )
    recorded_at = models.DateTimeField(_("登记时间"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("撤回人")
    )
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)
    withdrawal_reason = models.CharField(_("撤回理由"), max_length=200, blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("工程事项")
        verbose_name_plural = _("工程事项")
        indexes = [
            models.Index(fields=["kind", "project"], name="sites_facts", condition=Q(withdrawn_at__isnull=True)),
        ]
        constraints = [
            one_of("kind", FactKind, name="sites_fact_kind", message=_("未知的事项。")),
            one_of("terms", BondTerms, name="sites_fact_terms", message=_("未知的减免情形。"), blank=True),
            between("fen", 0, MOST_FEN, name="sites_fact_fen", message=_("金额不合理。")),
            together("withdrawn_at", "withdrawn_by", name="sites_fact_withdrawn", message=_("撤回要有撤回人和时间。")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day}"
