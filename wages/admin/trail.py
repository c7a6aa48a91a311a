"""How the trail's verbs read to officials."""

from django.utils.translation import gettext_lazy as _

_WORDS = {
    "submit": _("提交"),
    "add_evidence": _("投诉人补充材料"),
    "add_words": _("投诉人补充说明"),
    "assign": _("分派"),
    "accept": _("受理并立案"),
    "request_supplement": _("要求补正"),
    "supply": _("投诉人补正完毕"),
    "transfer": _("转送"),
    "hand_over": _("移交其他区县"),
    "refuse": _("不予受理"),
    "investigate": _("开始调查"),
    "name_inspector": _("确定另一名监察员"),
    "order": _("责令限期支付"),
    "propose_extension": _("申请延期"),
    "reject_extension": _("延期未批准"),
    "extend": _("延期获批"),
    "propose_decision": _("拟处理决定"),
    "reject_decision": _("处理决定未批准"),
    "decide": _("作出处理决定"),
    "enforce": _("申请法院执行"),
    "record_paid": _("记录已支付"),
    "confirm_paid": _("本人确认收到工资"),
    "payment_confirmed": _("本人确认收到工资"),
    "contest_payment": _("本人说没有收到"),
    "settle": _("付清办结"),
    "close_unfounded": _("查无欠薪，办结"),
    "close_project_dispute": _("属工程款，办结"),
    "revoke": _("撤销立案"),
    "refer_arbitration": _("引导仲裁"),
    "refer_police": _("移送公安"),
    "withdraw": _("投诉人撤回"),
    "recuse": _("回避"),
    "reveal_phone": _("查看完整手机号"),
    "read_case": _("查看投诉内容"),
    "read_letter": _("查看文书"),
    "read_evidence": _("查看证据材料"),
    "deadline_near": _("期限预警"),
    "deadline_over": _("超期上报"),
    "deadline_moved": _("日历变动，期限重算"),
}


def words_of(verb: str) -> str:
    return str(_WORDS.get(verb, verb))
