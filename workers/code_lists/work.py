"""What somebody does for a living, and what help they ask for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EmploymentStatus(TextChoices):
    EMPLOYED = "1", _("在单位就业")
    FLEXIBLE = "2", _("灵活就业")
    OWN_BUSINESS = "3", _("自己创业")
    REGISTERED_JOBLESS = "4", _("登记失业")
    WANTS_WORK = "5", _("没有工作，想找工作")
    WANTS_NO_WORK = "6", _("没有工作，暂不找工作")
    FARMING = "7", _("在家务农")
    RETIRED = "8", _("不再工作")


class MigrationType(TextChoices):
    """Where somebody works, seen from the registered residence (统计口径: 本地 = within the township)."""

    LOCAL = "1", _("本乡镇内")
    COUNTY = "2", _("区县内")
    CITY = "3", _("市内跨区县")
    PROVINCE = "4", _("跨省")
    ABROAD = "5", _("境外")


class EmploymentForm(TextChoices):
    FULL_TIME = "1", _("全日制")
    PART_TIME = "2", _("非全日制")
    DISPATCH = "3", _("劳务派遣")
    PLATFORM = "4", _("新就业形态（平台）")
    SELF_EMPLOYED = "5", _("自营")
    FAMILY = "6", _("家庭帮工")
    CASUAL = "7", _("临时零工")


class ContractType(TextChoices):
    OPEN_ENDED = "1", _("无固定期限")
    FIXED_TERM = "2", _("固定期限")
    BY_TASK = "3", _("以完成一定任务为期限")
    SERVICE = "4", _("劳务协议")
    NONE = "5", _("没有签")


class Entrepreneurship(TextChoices):
    NONE = "0", _("没有")
    SOLE_TRADER = "1", _("个体工商户")
    COMPANY = "2", _("办企业")
    COOPERATIVE = "3", _("合作社")
    PARK = "4", _("入驻创业园")


class StartupNeed(TextChoices):
    NONE = "0", _("不需要")
    LOAN = "1", _("贷款")
    PREMISES = "2", _("场地")
    PROJECT = "3", _("项目")
    MENTOR = "4", _("导师")


class AssistanceClass(TextChoices):
    """就业困难人员 categories; a sensitive value (PIPL art. 28)."""

    NONE = "0", _("无")
    OLDER = "1", _("大龄失业")
    LONG_JOBLESS = "2", _("长期失业")
    DISABLED = "3", _("残疾人")
    MINIMUM_LIVING = "4", _("最低生活保障对象")
    LIFTED_FROM_POVERTY = "5", _("脱贫人口")
    ZERO_EMPLOYMENT_FAMILY = "6", _("零就业家庭成员")
    LANDLESS = "7", _("失地农民")
    RELEASED = "8", _("刑满释放人员")
