"""What the kernel, the accounts, the employers and the registry itself say of their tables."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import KnownDevice, Notice, PhoneCode, RecoveryRequest, SmsMessage, SmsQuestion, SmsReply, User
from core.models import AuditEntry, StoredFile

from ..models import (
    Consent,
    ContactGrant,
    Dispute,
    ErasureRequest,
    JobIntent,
    Mandate,
    Merge,
    Provenance,
    Statement,
    Worker,
)
from ..services.sightings import REVEALED, VIEWED
from .copying import EXPORTED
from .numbers import messages_of
from .registry import Hold, Person, export, hold, leave_out, looks


def _by_rows(model: type[Model]) -> Callable[[Person], QuerySet]:
    return lambda person: model._base_manager.filter(worker__in=person.rows).order_by("pk")


def _trail(person: Person) -> QuerySet:
    """What was done about the person's rows and account, and what the person did."""
    about = Q(subject_type="workers.worker", subject_id__in=[str(pk) for pk in person.rows])
    about |= Q(subject_type="accounts.user", subject_id=str(person.user.pk))
    return AuditEntry.objects.filter(about | Q(actor_id=person.user.pk)).order_by("pk")


export("account", User, lambda person: User.objects.filter(pk=person.user.pk), omit=("password",))
export("notices", Notice, lambda person: Notice.objects.filter(user=person.user).order_by("pk"))
export("text_messages", SmsMessage, lambda person: messages_of(person.user, SmsMessage, "created_at").order_by("pk"))
export("text_replies", SmsReply, lambda person: messages_of(person.user, SmsReply, "received_at").order_by("pk"))
export("text_questions", SmsQuestion, lambda person: messages_of(person.user, SmsQuestion, "asked_at").order_by("pk"))
export("codes", PhoneCode, lambda person: messages_of(person.user, PhoneCode, "sent_at").order_by("pk"))
export("devices", KnownDevice, lambda person: KnownDevice.objects.filter(user=person.user).order_by("pk"))
export(
    "recovery_requests",
    RecoveryRequest,
    lambda person: RecoveryRequest.objects.filter(
        account=person.user, new_phone_index=person.user.phone_index
    ).order_by("pk"),
)
export("audit_trail", AuditEntry, _trail)
export(
    "files",
    StoredFile,
    lambda person: StoredFile.objects.filter(uploaded_by_id=person.user.pk).order_by("pk"),
    omit=("token",),
)
export("worker", Worker, lambda person: Worker.everyone.filter(pk__in=person.rows).order_by("pk"))
export("provenance", Provenance, _by_rows(Provenance))
# An act of its own query: the base, act 0, has no row, and a join would leave its statements out.
export(
    "statements",
    Statement,
    lambda person: Statement.objects.filter(worker__in=person.rows).prefetch_related("act").order_by("at"),
)
export("job_intent", JobIntent, _by_rows(JobIntent))
export("consents", Consent, _by_rows(Consent))
export("contact_grants", ContactGrant, _by_rows(ContactGrant))
export("mandates", Mandate, _by_rows(Mandate))
export("disputes", Dispute, _by_rows(Dispute))
export(
    "merges",
    Merge,
    lambda person: Merge.objects.filter(Q(survivor__in=person.rows) | Q(loser__in=person.rows)).order_by("pk"),
)

export("erasure_requests", ErasureRequest, _by_rows(ErasureRequest))

looks(
    "workers.worker",
    {VIEWED: lazy("查看了资料"), REVEALED: lazy("查看了完整的{label}"), EXPORTED: lazy("下载了自己的信息")},
    lambda person: [str(pk) for pk in person.rows],
)


@hold
def disputes_stay(worker: Worker, at: datetime) -> list[Hold]:
    """What is being examined cannot be deleted under the examiner's eyes."""
    rows = Dispute.objects.open().filter(worker=worker).order_by("pk")
    return [
        Hold(
            _("更正申请 {ref} 还在核实，请等答复或先撤回。").format(ref=row.reference),
            url=reverse("workers:dispute", args=[row.reference]),
            link=_("看更正申请 {ref}").format(ref=row.reference),
        )
        for row in rows
    ]


_LIBRARY = "登录所用的技术记录，不含个人资料；账户一项已列出登录方式。"
leave_out("admin.logentry", "只记工作人员在后台的操作，农民工没有。")
leave_out("account.emailaddress", "本系统不用电子邮件，此表为空。")
leave_out("account.emailconfirmation", "本系统不用电子邮件，此表为空。")
leave_out("mfa.authenticator", "工作人员的动态验证码，农民工没有。")
leave_out("accounts.factorsecret", "工作人员的动态验证码密钥，农民工没有。")
leave_out("usersessions.usersession", _LIBRARY + "在线设备在“我的设备”里可以看到并退出。")
leave_out("sessions.session", _LIBRARY)
leave_out("accounts.attempt", "猜错次数的计数，只存不可还原的摘要，一天后删除。")
leave_out("core.auditlink", "审计链的校验值，不含内容；内容在审计记录里。")
leave_out("core.auditanchor", "审计链的校验值，不含内容。")
leave_out("core.outboxmessage", "待发消息只存编号，送出后删除；收到的内容在通知和短信里。")
leave_out("core.submission", "防重复提交的记录，只存摘要，三天后删除。")
leave_out("places.edit", "办事地点的录入和发布，不是个人的；录入人、发布人都是工作人员。")
leave_out("places.post", "哪位工作人员在哪个市外办事处，农民工没有。")
leave_out("employers.employer", "用人单位的资料，不是个人的；登记人、核验人都是工作人员或经纪人。")
leave_out("employers.project", "工程项目的资料，不是个人的。")
leave_out("workers.act", "一次录入的时间、来源和经办，随“陈述”逐条列出；本身没有内容。")
leave_out(
    "workers.feedbatch", "部门整批文件的办理记录；预览里可能有你的几项信息，写入后都在“陈述”里，删除信息时一并去掉。"
)
leave_out("workers.workerfacets", "工作人员筛选用的词，由登记内容自动得出，内容都在“登记”里。")
leave_out("workers.twinpair", "疑似同一人的两份登记，写着另一个人的线索；核实后的结果在“合并”里。")
leave_out("workers.mergelink", "合并时移动了哪些记录的编号，内容在各自的表里。")
leave_out("workers.twinsearch", "查重的运行记录，没有个人资料。")
leave_out(
    "workers.rankchange", "各来源分量的调整，是市级的决定；预览里可能有你的一项信息，都在“陈述”里，删除信息时一并去掉。"
)
