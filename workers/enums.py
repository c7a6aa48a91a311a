"""Who states a value, what a worker agrees to, and what a broker may do in a worker's name."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Source(IntegerChoices):
    """Who stated a value. Stored per indicator as a small number; never renumber."""

    COMPUTED = 1, _("系统计算")
    BROKER = 2, _("劳务经纪人录入")
    WORKER = 3, _("本人填写")
    BROKER_CONFIRMED = 4, _("劳务经纪人录入、本人短信确认")
    HUMAN_RESOURCES = 11, _("人社部门")
    POLICE = 12, _("公安部门")
    EDUCATION = 13, _("教育部门")
    MARKET = 14, _("市场监管部门")
    STATISTICS = 15, _("统计部门")
    AGRICULTURE = 16, _("农业农村（乡村振兴）部门")
    HOUSING = 17, _("住建部门")
    MEDICAL = 18, _("医保部门")
    CIVIL_AFFAIRS = 19, _("民政部门")

    @property
    def is_department(self) -> bool:
        return self >= Source.HUMAN_RESOURCES


class Purpose(TextChoices):
    """What a worker can agree to, each on its own (PIPL arts 14, 23, 29)."""

    RECOMMEND = "recommend", _("把我推荐给用人单位")
    CONTACT = "contact", _("接受推荐后，让对方看到我的电话")
    DEPARTMENT_MATCH = "match", _("用各部门登记的资料帮我匹配岗位")
    SENSITIVE = "sensitive", _("使用我自己填的家庭、子女等敏感信息")


# The version of each purpose's text that is shown now; a new one asks everybody again. Raise it in one release with a
# data migration that calls `services.consents.ask_again`, because wishes for work keep a copy of the answer.
VERSIONS = dict.fromkeys(Purpose, 1)


class MandateScope(TextChoices):
    """What a broker may do in a worker's name."""

    PROFILE = "profile", _("更新我的信息")
    JOBS = "jobs", _("帮我找工作、报名")
    WAGES = "wages", _("帮我投诉欠薪")
    HOUSING = "housing", _("帮我申请公租房")


# The same matters in the broker's words.
SCOPES_FOR_THEM = {
    MandateScope.PROFILE: _("更新他的信息"),
    MandateScope.JOBS: _("帮他找工作、报名"),
    MandateScope.WAGES: _("帮他投诉欠薪"),
    MandateScope.HOUSING: _("帮他申请公租房"),
}


class Evidence(TextChoices):
    """What shows that the worker gave the mandate."""

    SMS_CODE = "sms", _("短信验证码")
    SIGNED_PAPER = "paper", _("签字的委托书")
    COUNTER = "counter", _("柜台当面办理")
