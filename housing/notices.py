"""The texts that people receive, each at most 70 characters: what happened, and by when what comes next."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import HousingApplication


def _day(day: date | None) -> str:
    return _("{month}月{day}日").format(month=day.month, day=day.day) if day else ""


_TEXTS = {
    "submit": gettext_lazy("公租房申请{number}已收到，最迟{due}出初审结果。进度看“我的公租房”。"),
    "submit_incomplete": gettext_lazy("公租房申请{number}已收到，还缺材料，请在{due}前补齐，不然会终止。"),
    "complete": gettext_lazy("公租房申请{number}材料已补齐，最迟{due}出初审结果。"),
    "resume": gettext_lazy("公租房申请{number}材料已补齐，继续审核，最迟{due}出初审结果。"),
    "take_up": gettext_lazy("公租房申请{number}已受理，最迟{due}出初审结果。"),
    "request_documents": gettext_lazy("公租房申请{number}要补材料，请在{due}前上传。要补什么看“我的公租房”。"),
    "pass_preliminary": gettext_lazy("公租房申请{number}初审通过，最迟{due}出复审结果。"),
    "return_to_preliminary": gettext_lazy("公租房申请{number}要再核对一次，最迟{due}出结果。"),
    "pass_final": gettext_lazy("公租房申请{number}审核通过，公示到{due}，之后进入轮候。"),
    "recheck": gettext_lazy("公租房申请{number}公示有异议，经核查要重新审核，最迟{due}出结果。"),
    "enter_waiting": gettext_lazy("公租房申请{number}公示期满，已进入轮候。配租结果会通知你。"),
    "refuse": gettext_lazy("公租房申请{number}没有通过。理由和依据看“我的公租房”，不明白打12333。"),
    "lapse": gettext_lazy("公租房申请{number}的材料逾期没有补齐，已终止。可以重新申请。"),
    "withdraw": gettext_lazy("公租房申请{number}已按你的要求撤回。以后可以重新申请。"),
}
#: The same steps when a broker took them for the applicant, who must hear of it.
_FOR_YOU = {
    "submit": gettext_lazy(
        "{broker}受你委托，替你交了公租房申请{number}，{due}前出初审结果。不是你的意思请到“我的公租房”撤回。"
    ),
    "submit_incomplete": gettext_lazy(
        "{broker}受你委托，替你交了公租房申请{number}，{due}前要补齐材料。不是你的意思请到“我的公租房”撤回。"
    ),
    "complete": gettext_lazy("{broker}替你补齐了公租房申请{number}的材料，最迟{due}出初审结果。"),
    "resume": gettext_lazy("{broker}替你补齐了公租房申请{number}的材料，最迟{due}出初审结果。"),
}
_LONGEST_NAME = 6
#: Messages for the applicant; those that they caused themselves need no text message.
FOR_APPLICANT = tuple(_TEXTS)
QUIET = {"withdraw", "complete", "resume", "take_up"}
#: Steps that happen at most once to an application: their reference is its bare number.
ONCE = {"submit", "submit_incomplete", "enter_waiting", "refuse", "lapse", "withdraw"}


def for_applicant(verb: str, number: str, due: date | None) -> str:
    """What the applicant reads about a step, with the day by which the next one comes."""
    return _TEXTS[verb].format(number=number, due=_day(due))


def done_for_you(verb: str, number: str, due: date | None, broker: str) -> str:
    """What the applicant reads about a step that a broker took; "" where nobody did."""
    text = _FOR_YOU.get(verb) if broker else None
    return text.format(number=number, due=_day(due), broker=broker[:_LONGEST_NAME]) if text else ""


def papers_nearly_due(application: HousingApplication) -> str:
    """To the applicant, at 80 and 100 % of the time for papers."""
    text = _("公租房申请{number}补材料最后一天是{due}，还没收到，请尽快上传。")
    return text.format(number=application.number, due=_day(application.docs_by))


def review_nearly_due(application: HousingApplication) -> str:
    """To the officials of the district."""
    text = _("公租房申请{number}（{state}）{due}到期，请及时办理。")
    state = application.get_state_display()
    return text.format(number=application.number, state=state, due=_day(application.due_on))


def objection_raised(application: HousingApplication) -> str:
    """To the officials of the district."""
    return _("公租房申请{number}公示期收到异议，请核查。").format(number=application.number)


def reminder() -> str:
    """To somebody who asked to be told when the conditions are met."""
    return _("你之前差的一项条件，到今天应该满足了。现在可以申请公租房，上渝工通再看一次。")
