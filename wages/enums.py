"""Code lists of the wages matter. Lengths of deadlines are parameters (`wages.*` in `core.parameters`)."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    """Where a case stands (劳动保障监察条例 art. 13–21 and 实施规定 art. 17–18)."""

    SUBMITTED = "submitted", _("待受理")
    SUPPLEMENT = "supplement_requested", _("待补正")
    ACCEPTED = "accepted", _("已立案")
    INVESTIGATING = "investigating", _("调查中")
    ORDERED = "rectification_ordered", _("已责令支付")
    DECISION = "decision", _("已作处理决定")
    ENFORCEMENT = "enforcement", _("已申请法院执行")
    PAID = "paid", _("已支付，待办结")
    SETTLED = "closed_settled", _("已付清办结")
    NOT_ACCEPTED = "not_accepted", _("不予受理")
    TRANSFERRED = "transferred", _("已转送")
    WITHDRAWN = "withdrawn", _("投诉人撤回")
    UNFOUNDED = "closed_unfounded", _("查无欠薪，办结")
    PROJECT_DISPUTE = "closed_project_dispute", _("属工程款纠纷，办结")
    ARBITRATION = "arbitration_referral", _("已引导仲裁或诉讼")
    POLICE = "police_transfer", _("已移送公安机关")
    REVOKED = "revoked", _("轻微已改正，撤销立案")
    JOINED = "joined", _("已并入另一起案件")


# The state's clock: which deadline runs.
TO_BE_ACCEPTED = (CaseState.SUBMITTED,)
UNDER_WAY = (
    CaseState.ACCEPTED,
    CaseState.INVESTIGATING,
    CaseState.ORDERED,
    CaseState.DECISION,
    CaseState.ENFORCEMENT,
    CaseState.PAID,
)
# From the investigation on two inspectors act (条例 art. 16).
INVESTIGATED = UNDER_WAY[1:-1]
OPEN = (CaseState.SUBMITTED, CaseState.SUPPLEMENT, *UNDER_WAY)
# Ended before filing: answered, never under investigation.
ENDED_UNFILED = (CaseState.NOT_ACCEPTED, CaseState.TRANSFERRED)
# Handled within another case: off the office's desk, and no end.
ASIDE = (CaseState.JOINED,)
CLOSED = tuple(state for state in CaseState if state not in (*OPEN, *ASIDE))


class ClaimantState(TextChoices):
    """Where one person's claim stands within the case."""

    CLAIMED = "claimed", _("待核实")
    VERIFIED = "verified", _("已核实")
    PARTLY_PAID = "partly_paid", _("付了一部分")
    PAID = "paid", _("已付清")
    NOT_RECEIVED = "not_received", _("本人说没收到")
    WITHDRAWN = "withdrawn", _("已撤回")
    UNFOUNDED = "unfounded", _("查无欠薪")


# Ended without money: these count in no sum.
CLAIM_ENDED = (ClaimantState.WITHDRAWN, ClaimantState.UNFOUNDED)


class Basis(TextChoices):
    """How a month's wage is reckoned (工资支付暂行规定: by time or by piece)."""

    MONTH = "month", _("按月")
    DAY = "day", _("按天")
    PIECE = "piece", _("按件")


class PaymentWay(TextChoices):
    TRANSFER = "transfer", _("银行转账")
    CASH = "cash", _("现金")
    FUND_ADVANCE = "fund_advance", _("应急周转金垫付")
    BOND = "bond", _("工资保证金支付")
    UNKNOWN = "unknown", _("本人说已收到")


class PaymentState(TextChoices):
    """Recorded by an official; then the person's word, or the rule's."""

    RECORDED = "recorded", _("等本人确认")
    CONFIRMED = "confirmed", _("本人确认收到")
    PRESUMED = "presumed", _("逾期未答，视为收到")
    CONTESTED = "contested", _("本人说没收到")
    TAKEN_BACK = "taken_back", _("登记有误，已撤")


# What counts as paid until the person denies it.
COUNTED = (PaymentState.RECORDED, PaymentState.CONFIRMED, PaymentState.PRESUMED)


class Heard(TextChoices):
    """How a payment was confirmed or denied."""

    ACCOUNT = "account", _("登录后")
    CODE = "code", _("短信验证码")
    SMS = "sms", _("回短信")
    RULE = "rule", _("逾期未答")
    PAPER = "paper", _("签收凭证")


class Level(TextChoices):
    """Who is in charge of a case: the district's office, or its superior."""

    DISTRICT = "district", _("区县")
    CITY = "city", _("市级")


class Kind(TextChoices):
    """投诉 is the worker's own claim; 举报 is anybody's hint and may be anonymous (条例 art. 9, 724号令 art. 10)."""

    COMPLAINT = "complaint", _("投诉")
    REPORT = "report", _("举报")


class FieldType(TextChoices):
    """The first question of the national platform for wage arrears."""

    CONSTRUCTION = "construction", _("工地")
    OTHER = "other", _("工厂、饭店、家政等")


class Contract(TextChoices):
    YES = "yes", _("签了")
    NO = "no", _("没签")
    UNSURE = "unsure", _("不清楚")


class Request(TextChoices):
    """What the complainant asks for (实施规定 art. 12: facts and requests)."""

    WAGES = "wages", _("付清拖欠的工资")
    COMPENSATION = "compensation", _("逾期不付的，加付赔偿金")
    CONTRACT = "contract", _("补签书面劳动合同")


class OtherRoute(TextChoices):
    """Matters already in arbitration or court follow that route (条例 art. 21)."""

    NONE = "none", _("没有")
    ARBITRATION = "arbitration", _("已申请劳动仲裁")
    COURT = "court", _("已向法院起诉")


class Sex(TextChoices):
    MALE = "1", _("男")
    FEMALE = "2", _("女")


class EvidenceKind(TextChoices):
    PHOTO = "photo", _("照片")
    PAPER = "paper", _("文件")


class Rung(IntegerChoices):
    """Who is told how far a clock is: the ladder goes up, each rung with all below it."""

    HANDLER = 1, _("承办人")
    DISTRICT = 2, _("本区县工作人员")
    CITY = 3, _("市级")


class Strategy(TextChoices):
    """How a routing rule finds a case its handler."""

    NONE = "", _("不指定，由机构分派")
    LEAST = "least", _("在办最少的人")


class ArbitrationState(TextChoices):
    """Where a case stands with the commission (调解仲裁法 art. 28–50)."""

    REFERRED = "referred", _("已引导，等申请")
    APPLIED = "applied", _("已申请，等受理")
    ACCEPTED = "accepted", _("仲裁委已受理")
    REFUSED = "refused", _("仲裁委不予受理")
    AWARDED = "awarded", _("已裁决")
    MEDIATED = "mediated", _("已调解")
    DROPPED = "dropped", _("未走完")


class PoliceAnswer(TextChoices):
    """What the police said to a case that was handed to them."""

    FILED = "filed", _("已立案侦查")
    DECLINED = "declined", _("不予立案")
    RETURNED = "returned", _("退回")


class ApprovalKind(TextChoices):
    """What needs a second official: maker ≠ checker."""

    EXTENSION = "extension", _("延长办理期限")
    DECISION = "decision", _("作出行政处理决定")


class ApprovalState(TextChoices):
    PENDING = "pending", _("待审批")
    APPROVED = "approved", _("已批准")
    REJECTED = "rejected", _("未批准")


class DocumentKind(TextChoices):
    """Letters that a decision produces; each is printable."""

    SUPPLEMENT = "supplement", _("补正材料通知书")
    NOT_ACCEPTED = "not_accepted", _("不予受理决定书")
    TRANSFER = "transfer", _("转送告知书")
    HAND_OVER = "hand_over", _("移交告知书")
    ACCEPTED = "accepted", _("受理（立案）通知书")
    ORDER = "order", _("劳动保障监察限期整改指令书")
    EXTENSION = "extension", _("延长办理期限告知书")
    DECISION = "decision", _("劳动保障监察行政处理决定书")
    UNFOUNDED = "unfounded", _("办结告知书（查无欠薪）")
    PROJECT_DISPUTE = "project_dispute", _("办结告知书（工程款纠纷）")
    ARBITRATION = "arbitration", _("告知书（劳动仲裁、诉讼途径）")
    POLICE = "police", _("涉嫌犯罪案件移送告知书")
    REVOKED = "revoked", _("撤销立案决定书")
    SETTLED = "settled", _("办结告知书")


class RefusalGround(TextChoices):
    """Why a complaint is not accepted; `law.grounds` puts the numbers in."""

    OVER_TWO_YEARS = "over_two_years", _("违法行为在 {years} 年内未被发现，也未被举报、投诉（监察条例第二十条）")
    NOT_WAGES = "not_wages", _("反映的事项不属于劳动保障监察范围（实施规定第十八条）")
    OTHER_ROUTE = "other_route", _("同一事项已在劳动仲裁或法院处理（监察条例第二十一条）")
    SAME_MATTER = "same_matter", _("同一事项已经受理，正在办理")
    NOT_SUPPLIED = "not_supplied", _("通知补正后，仍无法确定用人单位")


class AnswerState(TextChoices):
    """What the department that a case was sent to made of it."""

    WAITING = "waiting", _("还没有答复")
    TOOK = "took", _("已接收，正在办理")
    DONE = "done", _("已办结")
    RETURNED = "returned", _("不归它管，退回")

    @classmethod
    def said(cls) -> list[tuple[str, str]]:
        """The answers that can come, named as the workflow's verbs."""
        return [(state.value, state.label) for state in cls if state != cls.WAITING]


class TransferTarget(TextChoices):
    """Authorities that a complaint outside the remit goes to (724号令 art. 10: 及时转送); it ends here with that.

    Another district of the city is none of them: the case moves there and goes on, see `services.hand_over`.
    """

    OTHER_PROVINCE = "other_province", _("外省市的劳动保障监察机构")
    HOUSING = "housing", _("住房城乡建设部门")
    TRANSPORT = "transport", _("交通运输部门")
    WATER = "water", _("水利部门")
    STATE_ASSETS = "state_assets", _("国有资产监督管理部门")
    POLICE = "police", _("公安机关")
    JUSTICE = "justice", _("司法行政部门（法律援助）")


class Channel(TextChoices):
    """Who typed a complaint for somebody, and how that person spoke to them (实施规定: 口头投诉)."""

    PHONE = "phone", _("电话")
    WINDOW = "window", _("窗口")
    BROKER = "broker", _("劳务经纪人")


class ProofOfWord(TextChoices):
    """How the complainant stands behind what somebody else typed."""

    CODE = "code", _("本人手机验证码")
    RECORD = "record", _("本人签字的笔录")
