"""The words that people receive: what matters comes first, and an SMS holds 70 characters."""

from django.utils.translation import gettext as _

from .models import Application, Recommendation, Vacancy

_LONGEST_TITLE = 12


def _job(vacancy: Vacancy) -> str:
    title = vacancy.title
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"


def offered(row: Recommendation) -> str:
    return _("【渝工通】{broker}向你推荐岗位“{job}”，{month}月{day}日前在“我的报名”答复，一键接受或谢绝。").format(
        broker=row.broker.display_name, job=_job(row.vacancy), month=row.answer_by.month, day=row.answer_by.day
    )


def accepted(row: Recommendation) -> str:
    return _("【渝工通】#{number} 接受了你推荐的“{job}”，现在可以看到电话，请尽快联系。").format(
        number=row.worker.worker_no, job=_job(row.vacancy)
    )


def declined(row: Recommendation) -> str:
    return _("#{number} 谢绝了你推荐的“{job}”。").format(number=row.worker.worker_no, job=_job(row.vacancy))


def applied(row: Application) -> str:
    return _("#{number} 报名了“{job}”，请联系用人单位答复。").format(number=row.worker.worker_no, job=_job(row.vacancy))


def applied_for_you(row: Application) -> str:
    return _("【渝工通】{broker}受你委托，代你报名了“{job}”。不是你的意思可在“我的报名”撤回。").format(
        broker=row.applied_by.display_name, job=_job(row.vacancy)
    )


def hired(row: Application) -> str:
    return _("【渝工通】恭喜，“{job}”录用了你。上工前请签书面劳动合同；任何人收费都可打 12333。").format(
        job=_job(row.vacancy)
    )


def rejected(row: Application) -> str:
    return _("【渝工通】“{job}”这次没有录用你。同类岗位还在招，可在“找工作”里看看。").format(job=_job(row.vacancy))


def closed(vacancy: Vacancy) -> str:
    return _("【渝工通】你报名的“{job}”已停止招聘。同类岗位还在招，可在“找工作”里看看。").format(job=_job(vacancy))


def ended(vacancy: Vacancy) -> str:
    return _("【渝工通】你报名的“{job}”已到截止日，不再收新报名；你的报名还在，用人单位定了就告诉你。").format(
        job=_job(vacancy)
    )


def filled(vacancy: Vacancy) -> str:
    return _("【渝工通】你报名的“{job}”已招满。你的报名还留着，空出名额会再联系你；也可以看看同类岗位。").format(
        job=_job(vacancy)
    )


def unhired(row: Application) -> str:
    return _("【渝工通】“{job}”的录用登记已撤销，你的报名还在。有疑问请找登记岗位的经纪人，或打 12333。").format(
        job=_job(row.vacancy)
    )


def published(vacancy: Vacancy) -> str:
    return _("你登记的岗位“{job}”已通过审核，正在招聘。").format(job=_job(vacancy))


def refused(vacancy: Vacancy) -> str:
    return _("你登记的岗位“{job}”没有通过：{reason}").format(job=_job(vacancy), reason=vacancy.refusal_reason)
