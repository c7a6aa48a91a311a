"""Which papers a household has to hand in (guide of 2022), as a function over values."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from .enums import DocumentKind, Relation, Work

K = DocumentKind


@dataclass(frozen=True)
class Need:
    """One paper, why it is asked for, and which other papers would do as well."""

    kind: DocumentKind
    why: str
    instead: frozenset = field(default_factory=frozenset)

    def met_by(self, handed_in: Iterable[str]) -> bool:
        return bool(({self.kind} | self.instead) & set(handed_in))


@dataclass(frozen=True)
class Household:
    """What decides about papers. `local_hukou` is None while nobody knows."""

    work: str
    relations: tuple[str, ...] = ()
    jobless_spouse: bool = False
    local_hukou: bool | None = None
    is_married: bool = False
    is_divorced: bool = False
    has_home: bool = False


_WORK_PAPERS = {
    Work.EMPLOYED: Need(K.WORK, _("劳动合同、公积金、社保证明，有一样就行")),
    Work.CIVIL_SERVANT: Need(K.WORK, _("单位开的在职证明也行")),
    Work.FLEXIBLE: Need(K.BUSINESS, _("营业执照，或自己缴社保的证明")),
    Work.RETIRED: Need(K.RETIREMENT, _("证明你已经退休")),
    Work.NONE: Need(K.NO_WORK_PLEDGE, _("手写也行，签上名字和日期")),
}


def needed(household: Household) -> list[Need]:
    """The list, in the order in which people look for things."""
    needs = [Need(K.IDENTITY, _("你和一起住的每个人，正反面")), _register(household.local_hukou), _marriage(household)]
    if {Relation.SON, Relation.DAUGHTER} & set(household.relations):
        needs.append(Need(K.BIRTH, _("出生证明，或户口簿上孩子那一页"), frozenset({K.HOUSEHOLD_BOOK})))
    if household.work:
        needs.append(_WORK_PAPERS[Work(household.work)])
    if household.jobless_spouse and household.work != Work.NONE:
        needs.append(Need(K.NO_WORK_PLEDGE, _("没有收入的配偶手写，签上名字和日期")))
    if household.has_home:
        needs.append(Need(K.HOME, _("看得出建筑面积的那一页")))
    return needs


def _register(local_hukou: bool | None) -> Need:
    if local_hukou is None:
        return Need(K.HOUSEHOLD_BOOK, _("外地户口的交居住证"), frozenset({K.RESIDENCE_PERMIT}))
    if local_hukou:
        return Need(K.HOUSEHOLD_BOOK, _("首页和每个人的那一页"))
    return Need(K.RESIDENCE_PERMIT, _("要正式的居住证，暂住凭条不行"))


def _marriage(household: Household) -> Need:
    if Relation.SPOUSE in household.relations or household.is_married:
        return Need(K.MARRIAGE, _("贴照片和写日期的两页"))
    if household.is_divorced:
        return Need(K.DIVORCE, _("判决书、调解书也行"))
    return Need(K.SINGLE_PLEDGE, _("写明没有配偶，手写也行，签上名字和日期"), frozenset({K.MARRIAGE, K.DIVORCE}))
