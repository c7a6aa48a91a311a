"""How somebody is paid."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WageMethod(TextChoices):
    SPECIAL_ACCOUNT = "1", _("银行代发（农民工工资专用账户）")
    TRANSFER = "2", _("银行转账")
    CASH = "3", _("现金")
    OTHER = "9", _("其他")


class WageCycle(TextChoices):
    MONTH = "1", _("按月")
    WEEK = "2", _("按周")
    DAY = "3", _("按日")
    HOUR = "4", _("按小时")
    PIECE = "5", _("计件")


class PayUnit(TextChoices):
    """The unit in which wanted or offered pay is stated."""

    MONTH = "month", _("元/月")
    DAY = "day", _("元/天")
    HOUR = "hour", _("元/小时")
    PIECE = "piece", _("元/件")


class PayrollAccount(TextChoices):
    """Only whether an account is bound; its number is never stored."""

    NONE = "0", _("未绑定")
    SOCIAL_CARD = "1", _("社保卡")
    BANK_CARD = "2", _("银行卡")


class ArrearsStatus(TextChoices):
    NONE = "0", _("无")
    IN_PROGRESS = "1", _("受理中")
    SETTLED = "2", _("已清偿")
    UNSETTLED = "3", _("未清偿")
