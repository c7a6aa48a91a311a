"""Schooling (GB/T 4658-2006) and skill levels (the eight-grade system, 新八级工)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Education(TextChoices):
    """GB/T 4658-2006 by its major classes; 90 splits off those who never went to school, as reports need it."""

    GRADUATE = "10", _("研究生")
    BACHELOR = "20", _("大学本科")
    COLLEGE = "30", _("大学专科")
    VOCATIONAL = "40", _("中等职业教育（中专、职高、技校）")
    HIGH = "60", _("普通高中")
    JUNIOR = "70", _("初中")
    PRIMARY = "80", _("小学")
    NONE = "90", _("没上过学或其他")


class SkillLevel(TextChoices):
    """新八级工, lowest first; the number grows with skill."""

    APPRENTICE = "1", _("学徒工")
    JUNIOR = "2", _("初级工")
    MIDDLE = "3", _("中级工")
    SENIOR = "4", _("高级工")
    TECHNICIAN = "5", _("技师")
    SENIOR_TECHNICIAN = "6", _("高级技师")
    SPECIAL_TECHNICIAN = "7", _("特级技师")
    CHIEF_TECHNICIAN = "8", _("首席技师")
