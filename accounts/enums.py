"""Code lists of accounts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What an account is for. An auditor reads everything of the trail and changes nothing."""

    WORKER = "worker", _("农民工")
    BROKER = "broker", _("劳务经纪人")
    OFFICIAL = "official", _("工作人员")
    AUDITOR = "auditor", _("审计人员")
