"""Where and how somebody lives, and the children who came along."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ResidencePermit(TextChoices):
    """居住证暂行条例: endorsed once a year, suspended when missed."""

    NONE = "0", _("没有")
    VALID = "1", _("有效")
    TO_ENDORSE = "2", _("待签注")
    SUSPENDED = "3", _("已中止")


class HousingTenure(TextChoices):
    DORMITORY = "1", _("单位宿舍")
    SITE = "2", _("工地工棚")
    WORKPLACE = "3", _("生产经营场所")
    WHOLE_RENT = "4", _("整租")
    SHARED_RENT = "5", _("合租")
    PUBLIC_RENT = "6", _("公租房或保租房")
    OWN = "7", _("自己买的房")
    HOME = "8", _("在乡外工作，回家住")
    OTHER = "9", _("其他")


class PublicHousing(TextChoices):
    NOT_APPLIED = "0", _("没有申请")
    IN_REVIEW = "1", _("审核中")
    WAITING = "2", _("轮候")
    ALLOTTED = "3", _("已配租")
    LEFT = "4", _("已退出")


class ChildSchool(TextChoices):
    PUBLIC_KINDERGARTEN = "1", _("公办幼儿园")
    INCLUSIVE_KINDERGARTEN = "2", _("普惠幼儿园")
    PUBLIC_SCHOOL = "3", _("公办小学或初中")
    BOUGHT_PLACE = "4", _("政府购买学位的民办学校")
    PRIVATE = "5", _("其他民办学校")
    NOT_IN_SCHOOL = "0", _("没有入学")


class Integration(TextChoices):
    SETTLED = "1", _("已在城里落户")
    WILLING = "2", _("愿意落户")
    UNWILLING = "3", _("不愿意落户")
    UNDECIDED = "4", _("还没想好")
