"""How a complaint came in when the complainant did not type it: who did, and how the complainant stands behind it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import constraints

from ..enums import Channel, ProofOfWord
from .case import Case
from .case_parts import Evidence


class Intake(models.Model):
    """One per complaint that an official or a broker typed. Written once, with the filing."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="intake", verbose_name=_("案件"))
    channel = models.CharField(_("途径"), max_length=8, choices=Channel.choices)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("录入人"))
    mandate = models.ForeignKey(
        "workers.Mandate", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("委托")
    )
    proof = models.CharField(_("本人确认方式"), max_length=8, choices=ProofOfWord.choices)
    record = models.OneToOneField(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签字的笔录")
    )
    at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = _("代为录入")
        verbose_name_plural = _("代为录入")
        constraints = [
            constraints.one_of("channel", Channel, name="wages_intake_channel", message=_("未知的途径。")),
            constraints.one_of("proof", ProofOfWord, name="wages_intake_proof", message=_("未知的确认方式。")),
            models.CheckConstraint(
                condition=Q(proof=ProofOfWord.CODE) | Q(record__isnull=False),
                name="wages_intake_record",
                violation_error_message=_("没有验证码的，要有本人签字的笔录。"),
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.BROKER, mandate__isnull=False, proof=ProofOfWord.CODE)
                | (~Q(channel=Channel.BROKER) & Q(mandate__isnull=True)),
                name="wages_intake_mandate",
                violation_error_message=_("劳务经纪人要有委托，并由本人用验证码确认。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.case_id}"
