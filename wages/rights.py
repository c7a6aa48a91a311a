"""What of a person the wage complaints hold."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core import parameters
from core.calendar import local_day
from workers.models import Worker
from workers.rights.registry import Hold, Person, export, hold, leave_out
from workers.services.standing import group_of

from .enums import OPEN
from .models import (
    Approval,
    Arbitration,
    Case,
    CaseClock,
    Claimant,
    Document,
    Draft,
    DraftFile,
    Enforcement,
    Evidence,
    Helping,
    Intake,
    OwedMonth,
    Payment,
    PoliceTransfer,
    Receipt,
    Transferral,
)


def _cases(person: Person) -> QuerySet:
    return _own(person.rows, person.user)


def _own(rows: Iterable[int], user: Any) -> QuerySet:
    """Of the person's rows, and of the account as its pages show it: also what was filed before there was one."""
    own = Q(worker__in=rows)
    if user is not None:
        own |= Q(pk__in=Case.objects.of_account(user).values("pk"))
    return Case.objects.filter(own)


def _claims(person: Person) -> QuerySet:
    """The person's own rows among the people of a case; what is owed to others in it is theirs."""
    own = Q(worker__in=person.rows)
    if person.user is not None:
        own |= Q(user=person.user)
    # Filed alone before there was an account: the complaint is theirs, and so is its only person.
    own |= Q(origin__in=_cases(person).filter(headcount=1).values("pk"))
    return Claimant.objects.filter(own)


export("wage_claims", Claimant, lambda person: _claims(person).order_by("pk"), omit=("double_of",))
export("wage_ledger", OwedMonth, lambda person: OwedMonth.objects.filter(claimant__in=_claims(person)).order_by("pk"))
export("wage_payments", Payment, lambda person: Payment.objects.filter(claimant__in=_claims(person)).order_by("pk"))
export("wage_cases", Case, lambda person: _cases(person).order_by("pk"))
export("wage_receipts", Receipt, lambda person: Receipt.objects.filter(case__in=_cases(person)).order_by("pk"))
export("wage_intakes", Intake, lambda person: Intake.objects.filter(case__in=_cases(person)).order_by("pk"))
export("wage_evidence", Evidence, lambda person: Evidence.objects.filter(case__in=_cases(person)).order_by("pk"))
export("wage_letters", Document, lambda person: Document.objects.filter(case__in=_cases(person)).order_by("pk"))
export("wage_helpings", Helping, lambda person: Helping.objects.filter(case__in=_cases(person)).order_by("pk"))
export(
    "wage_transferrals",
    Transferral,
    lambda person: Transferral.objects.filter(case__in=_cases(person)).order_by("pk"),
)
export("wage_approvals", Approval, lambda person: Approval.objects.filter(case__in=_cases(person)).order_by("pk"))


def _drafts(person: Person) -> QuerySet:
    """The person's own, and what a broker is typing for them."""
    own = Q(client__in=person.rows)
    return Draft.objects.filter(own | Q(user=person.user) if person.user is not None else own)


export("wage_drafts", Draft, lambda person: _drafts(person).order_by("pk"))
export("wage_draft_files", DraftFile, lambda person: DraftFile.objects.filter(draft__in=_drafts(person)).order_by("pk"))
leave_out("wages.draftperson", "没交的集体投诉草稿里的名单，是名单上各人的；交了以后，各人在自己的投诉里看到。")
export(
    "wage_arbitrations", Arbitration, lambda person: Arbitration.objects.filter(case__in=_cases(person)).order_by("pk")
)
export(
    "wage_enforcements", Enforcement, lambda person: Enforcement.objects.filter(case__in=_cases(person)).order_by("pk")
)
export(
    "wage_police", PoliceTransfer, lambda person: PoliceTransfer.objects.filter(case__in=_cases(person)).order_by("pk")
)
export("wage_clocks", CaseClock, lambda person: CaseClock.objects.filter(case__in=_cases(person)).order_by("pk"))
leave_out("wages.alarm", "期限提醒告知了哪些工作人员，是机构内部的记录；期限本身在 wage_clocks 里。")
leave_out("wages.routingrule", "分案规则不是个人的；提出和启用的都是工作人员。")
leave_out("wages.wagecode", "渝薪码是工程项目的；发码人、作废人都是工作人员。")
leave_out("wages.reopening", "有人没收到钱、案件上提一级的办理记录；是哪笔付款在“付款”里，经过在案件的记录里。")
leave_out("wages.recusal", "工作人员的回避记录，是他们的；案件里写着现在由谁承办。")
leave_out("wages.statustry", "查进度猜错次数的计数，只存不可还原的摘要。")


@hold
def cases_stay(worker: Worker, at: datetime) -> list[Hold]:
    """While a case is open, and for as long after as files are kept; a draft is the person's to discard."""
    years = parameters.get("workers.erasure_keep_years", on=local_day(at)).number
    found = []
    for row in _own(group_of(worker), worker.user).order_by("pk"):
        sentence = (
            _("你的欠薪投诉 {number} 还没有办结。")
            if row.state in OPEN
            else _("欠薪投诉 {number} 的案卷须保存 {n} 年，之后由档案部门处置。")
        )
        found.append(
            Hold(
                sentence.format(number=row.number, n=years),
                url=reverse("wages:case", args=[row.number]),
                link=_("看欠薪投诉 {number}").format(number=row.number),
            )
        )
    if worker.user_id and Draft.objects.filter(user=worker.user_id).exists():
        reason = _("你有一份没交的欠薪投诉草稿，请先删除草稿。")
        found.append(Hold(reason, url=reverse("wages:complain"), link=_("打开草稿，去删除")))
    return found
