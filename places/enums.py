"""Code lists of the directory."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What one turns to a place for."""

    HOTLINE = "hotline", _("热线电话")
    INSPECTION = "inspection", _("劳动监察（投诉欠薪）")
    FAST_COURT = "fast_court", _("仲裁速裁庭")
    ARBITRATION = "arbitration", _("劳动仲裁")
    LEGAL_AID = "legal_aid", _("法律援助")
    WINDOW = "window", _("办事窗口")
    OUTSIDE = "outside", _("市外办事处")


class EditState(TextChoices):
    """What one official enters, another publishes."""

    PENDING = "pending", _("待发布")
    PUBLISHED = "published", _("已发布")
    DROPPED = "dropped", _("未采用")
