"""Code lists of prevention: what a project must show, whose files come, and how loud an alert is."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class FactKind(TextChoices):
    """What is known of a project beside its notice board; each row names who says so."""

    CONTRACT = "contract", _("签订施工合同")
    ACCOUNT = "account", _("开立工资专用账户")
    BOND = "bond", _("存储工资保证金")
    BOND_TERMS = "bond_terms", _("核定保证金减免")
    BOND_ORDER = "bond_order", _("通知银行动用保证金")
    BOND_PAID = "bond_paid", _("银行用保证金支付")
    BOND_REFILLED = "bond_refill", _("补足保证金")
    REAL_NAME = "real_name", _("启用实名制管理")
    PAID_BY_CONTRACTOR = "paid_by", _("签订委托代发协议")
    BOARD = "board", _("设立维权信息告示牌")
    COMPLETED = "completed", _("工程完工")
    PUBLICITY = "publicity", _("开始公示无拖欠")
    ACCOUNT_CLOSED = "closed", _("撤销工资专用账户")


class BondTerms(TextChoices):
    """Why less, nothing or more than the usual share is asked (人社部发〔2021〕65号)."""

    SEVERAL = "several", _("同一单位有多个工程，减收")
    SMALL = "small", _("合同额小且上年无拖欠，免存")
    TWO_YEARS = "two_years", _("连续 2 年无拖欠，减收")
    THREE_YEARS = "three_years", _("连续 3 年无拖欠且制度健全，免存")
    RAISED = "raised", _("前 2 年内有拖欠，上浮")


EXEMPT = frozenset({BondTerms.SMALL, BondTerms.THREE_YEARS})
REDUCED = frozenset({BondTerms.SEVERAL, BondTerms.TWO_YEARS})


class DutyState(TextChoices):
    """How a duty of a project stands on a day."""

    MET = "met", _("已做到")
    LATE = "late", _("做到了，但晚了")
    DUE = "due", _("还没到期")
    OVERDUE = "overdue", _("超期没做")
    WRONG = "wrong", _("做了，但不够")
    EXEMPT = "exempt", _("不要求")
    UNKNOWN = "unknown", _("缺资料，算不出")


class FileKind(TextChoices):
    """What a monthly file tells."""

    PAYROLL = "payroll", _("工资发放")
    ATTENDANCE = "attend", _("考勤")
    DEPOSITS = "deposits", _("人工费用拨付")


class Teller(IntegerChoices):
    """Who sent it. Stored in every line; never renumber. The bank's word on a payment goes before the contractor's."""

    BANK = 1, _("银行")
    CONTRACTOR = 2, _("施工总承包单位")


class Level(IntegerChoices):
    """How loud an alert is; ordered."""

    GREEN = 1, _("绿色 · 提醒")
    YELLOW = 2, _("黄色 · 预警")
    RED = 3, _("红色 · 立即查处")


class RuleKind(TextChoices):
    """What a rule may look for: each is one statement in `watch/statements.py`; rows choose among them."""

    UNPAID = "unpaid", _("到期没有发工资的人")
    UNDERPAID = "underpaid", _("少发了工资的人")
    BELOW_MINIMUM = "minimum", _("低于当地最低工资的人")
    LATE_DEPOSIT = "deposit", _("人工费用没有按时足额拨付到专户")
    MISSING_FILE = "missing", _("没有报送当月文件")


class AlertState(TextChoices):
    """An alert is somebody's until it is closed with a reason."""

    OPEN = "open", _("未处理")
    ACKNOWLEDGED = "known", _("已知悉")
    CLOSED = "closed", _("已办结")


class SimulationState(TextChoices):
    WAITING = "waiting", _("等待试算")
    DONE = "done", _("已试算")
    FAILED = "failed", _("没有算成")


# Days after the pay day on which the watch looks.
OFFSETS = (0, 3, 10, 17)
