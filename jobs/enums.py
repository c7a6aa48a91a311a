"""Code lists of the jobs matter. Ages and lengths are parameters (`jobs.*` in `core.parameters`)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from workers.code_lists import PayUnit

HEADCOUNT_AT_MOST = 5_000
IN_THE_CITY = r"^50\d{4}$"  # a district of Chongqing
RECOMMEND_AT_MOST = 20  # people per press of the button: what a broker can follow up in a day


class VacancyState(TextChoices):
    DRAFT = "draft", _("草稿")
    PENDING = "pending", _("待审核")
    PUBLISHED = "published", _("招聘中")
    REFUSED = "refused", _("未通过")
    CLOSED = "closed", _("已关闭")
    FILLED = "filled", _("已招满")
    EXPIRED = "expired", _("已过期")


class ApplicationState(TextChoices):
    APPLIED = "applied", _("已报名")
    VIEWED = "viewed", _("用人单位已看")
    HIRED = "hired", _("已录用")
    REJECTED = "rejected", _("未录用")
    WITHDRAWN = "withdrawn", _("已撤回")


class ApplicationSource(TextChoices):
    SELF = "self", _("本人报名")
    BROKER = "broker", _("经纪人代报")
    RECOMMENDATION = "recommendation", _("接受推荐")


class RecommendationState(TextChoices):
    OFFERED = "offered", _("等答复")
    ACCEPTED = "accepted", _("已接受")
    DECLINED = "declined", _("已谢绝")
    EXPIRED = "expired", _("已过期")


class PayCycle(TextChoices):
    """How often wages are paid: agreed in writing, in money (保障农民工工资支付条例 arts 11–13)."""

    MONTH = "month", _("月结")
    WEEK = "week", _("周结")
    DAY = "day", _("日结")


class Benefit(TextChoices):
    LODGING = "lodging", _("包住")
    MEALS = "meals", _("包吃")
    INSURANCE = "insurance", _("五险")
    INJURY_INSURANCE = "injury", _("工伤保险")
    TRANSPORT = "transport", _("接送")
    TRAINING = "training", _("岗前培训")
    COUPLE_ROOM = "couple_room", _("夫妻房")


# After the amount on a card: ¥6,500–8,000/月.
UNIT_AFTER_AMOUNT = {PayUnit.MONTH: _("月"), PayUnit.DAY: _("天"), PayUnit.HOUR: _("时"), PayUnit.PIECE: _("件")}

# A full month, only to compare pay in different units; no wage is computed with it.
DAYS_PER_MONTH = 22
HOURS_PER_DAY = 8

LIVE_APPLICATION = (ApplicationState.APPLIED, ApplicationState.VIEWED, ApplicationState.HIRED)
WAITING_APPLICATION = (ApplicationState.APPLIED, ApplicationState.VIEWED)
# People who applied in time may be hired after the last day; nobody on a vacancy that was closed or sent back.
TAKES_HIRES = (VacancyState.PUBLISHED, VacancyState.EXPIRED)
