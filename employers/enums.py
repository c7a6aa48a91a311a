"""Code lists of employers: their standing, and the industry sections of GB/T 4754-2017."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EmployerState(TextChoices):
    """Only a verified employer may publish vacancies (人力资源市场暂行条例 art. 25)."""

    PENDING = "pending", _("待核验")
    VERIFIED = "verified", _("已核验")
    REFUSED = "refused", _("未通过")


class ArrearsStanding(TextChoices):
    """What the wage cases say about an employer; written by wages, read by jobs."""

    NONE = "none", _("无欠薪记录")
    OPEN = "open", _("欠薪案件在办")
    CLEARED = "cleared", _("欠薪已清偿")


class Industry(TextChoices):
    """Sections of GB/T 4754-2017 国民经济行业分类."""

    FARMING = "A", _("农、林、牧、渔业")
    MINING = "B", _("采矿业")
    MANUFACTURING = "C", _("制造业")
    UTILITIES = "D", _("电力、热力、燃气及水生产和供应业")
    CONSTRUCTION = "E", _("建筑业")
    TRADE = "F", _("批发和零售业")
    TRANSPORT = "G", _("交通运输、仓储和邮政业")
    CATERING = "H", _("住宿和餐饮业")
    SOFTWARE = "I", _("信息传输、软件和信息技术服务业")
    FINANCE = "J", _("金融业")
    REAL_ESTATE = "K", _("房地产业")
    LEASING = "L", _("租赁和商务服务业")
    RESEARCH = "M", _("科学研究和技术服务业")
    PUBLIC_FACILITIES = "N", _("水利、环境和公共设施管理业")
    RESIDENT_SERVICES = "O", _("居民服务、修理和其他服务业")
    TEACHING = "P", _("教育")
    HEALTH = "Q", _("卫生和社会工作")
    CULTURE = "R", _("文化、体育和娱乐业")
    GOVERNMENT = "S", _("公共管理、社会保障和社会组织")
    INTERNATIONAL = "T", _("国际组织")
