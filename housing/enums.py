"""Code lists of public rental housing; the words that people read stand here."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    """What a flat is, by rooms. Who may have which: `eligibility.unit_kind`."""

    STUDIO = "studio", _("单间配套")
    ONE_BEDROOM = "one_bedroom", _("一室一厅")
    TWO_BEDROOM = "two_bedroom", _("两室一厅")
    THREE_BEDROOM = "three_bedroom", _("三室一厅")


class State(TextChoices):
    """Where an application stands. From `allotted` on the draw and the lease decide."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待受理")
    DOCS_DUE = "docs_due", _("待补材料")
    PRELIMINARY_REVIEW = "preliminary_review", _("初审中")
    FINAL_REVIEW = "final_review", _("复审中")
    PUBLICITY = "publicity", _("公示中")
    WAITING = "waiting", _("轮候中")
    ALLOTTED = "allotted", _("已配租")
    CONFIRMED = "confirmed", _("已确认配租")
    DECLINED = "declined", _("已放弃配租")
    LEASED = "leased", _("已入住")
    EXITED = "exited", _("已退出")
    REFUSED = "refused", _("不符合条件")
    WITHDRAWN = "withdrawn", _("已撤回")
    LAPSED = "lapsed", _("逾期未补，已终止")


#: States after which a person may apply anew.
CLOSED = (State.DECLINED, State.EXITED, State.REFUSED, State.WITHDRAWN, State.LAPSED)
#: States in which a clock of the administration or of the applicant runs.
RUNNING = (State.SUBMITTED, State.DOCS_DUE, State.PRELIMINARY_REVIEW, State.FINAL_REVIEW, State.PUBLICITY)


class Work(TextChoices):
    """The ways of proving a stable job that the 2011 rules know."""

    EMPLOYED = "employed", _("在单位上班")
    FLEXIBLE = "flexible", _("灵活就业或做小生意")
    RETIRED = "retired", _("已退休")
    CIVIL_SERVANT = "civil_servant", _("机关或事业单位在编")
    NONE = "none", _("现在没有工作")


class Relation(TextChoices):
    """What a household member is to the applicant."""

    SPOUSE = "spouse", _("配偶")
    SON = "son", _("儿子")
    DAUGHTER = "daughter", _("女儿")
    FATHER = "father", _("父亲")
    MOTHER = "mother", _("母亲")
    OTHER_RELATIVE = "other_relative", _("其他亲属")
    CO_TENANT = "co_tenant", _("合租的同事或朋友")


class Sex(TextChoices):
    """GB/T 2261.1, the two values that a resident ID number can show."""

    MALE = "1", _("男")
    FEMALE = "2", _("女")


class DocumentKind(TextChoices):
    """The papers of the 2022 guide."""

    IDENTITY = "identity", _("身份证")
    HOUSEHOLD_BOOK = "household_book", _("户口簿")
    RESIDENCE_PERMIT = "residence_permit", _("居住证")
    MARRIAGE = "marriage", _("结婚证")
    DIVORCE = "divorce", _("离婚证")
    SINGLE_PLEDGE = "single_pledge", _("单身承诺书")
    WORK = "work", _("工作证明")
    BUSINESS = "business", _("自己做事的证明")
    RETIREMENT = "retirement", _("退休证")
    NO_WORK_PLEDGE = "no_work_pledge", _("无工作承诺书")
    BIRTH = "birth", _("孩子的证明")
    HOME = "home", _("住房产权证")
    OTHER = "other", _("其他材料")


class DocumentState(TextChoices):
    """What the reviewer thinks of a paper."""

    HANDED_IN = "handed_in", _("已上传")
    REJECTED = "rejected", _("要重交")


class ObjectionState(TextChoices):
    """What became of an objection raised during publicity."""

    OPEN = "open", _("待核查")
    UPHELD = "upheld", _("属实，重新审核")
    DISMISSED = "dismissed", _("不成立")


class Rule(TextChoices):
    """The conditions that `eligibility.assess` looks at, one reason each."""

    AGE = "age", _("年满 18 岁")
    STUDENT = "student", _("不是在校学生")
    HOME = "home", _("没有住房或住得太挤")
    TRANSFER = "transfer", _("近 3 年没有转让住房")
    PUBLIC_HOUSING = "public_housing", _("没有住公房或廉租房")
    FAMILY = "family", _("父母子女没有资助能力")
    INCOME = "income", _("收入没有超过上限")
    WORK = "work", _("有稳定工作")


STATE_TONES = {
    State.SUBMITTED: "info",
    State.DOCS_DUE: "warn",
    State.PRELIMINARY_REVIEW: "info",
    State.FINAL_REVIEW: "info",
    State.PUBLICITY: "info",
    State.WAITING: "ok",
    State.ALLOTTED: "ok",
    State.CONFIRMED: "ok",
    State.LEASED: "ok",
    State.REFUSED: "danger",
    State.LAPSED: "danger",
}
OBJECTION_TONES = {ObjectionState.OPEN: "warn", ObjectionState.UPHELD: "danger", ObjectionState.DISMISSED: "neutral"}
DOCUMENT_TONES = {DocumentState.HANDED_IN: "ok", DocumentState.REJECTED: "danger"}
