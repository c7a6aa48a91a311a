"""Filling in: each task is saved alone, and only while the application is a draft."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit, parameters
from core.calendar import local_day
from core.crypto import blind_index
from core.errors import Refusal, refuse_unless, require
from workers import id_numbers
from workers.models import Worker

from .. import policies
from ..enums import Relation, Sex, State
from ..models import HouseholdMember, HousingApplication
from ..words import TASKS
from ._steps import NOT_YOURS, note_for
from .files import drop_files

MOST_MEMBERS = 11
EDITABLE = frozenset(
    {
        "birth_date",
        "sex",
        "household_complete",
        "work",
        "is_student",
        "contract_months",
        "insurance_months",
        "fund_months",
        "residence_months",
        "income_fen",
        "income_exempt",
        "home_m2",
        "transferred_on",
        "in_public_housing",
        "family_can_help",
        "estate",
        "point_id",
    }
)


def start(worker: Worker, *, by: User, at: datetime) -> HousingApplication:
    """The worker's draft, a new one if there is none. Refuses while another application is open."""
    require(policies.may_apply_for(by, worker, at=at), NOT_YOURS)
    mine = HousingApplication.objects.filter(worker=worker).open()
    try:
        with transaction.atomic():
            draft = mine.first()
            if draft is None:
                draft = HousingApplication.objects.create(worker=worker, started_at=at, saved_at=at)
                note_for(draft, _("开始申请"), by=by, at=at)
    except IntegrityError:  # started twice at the same moment: one draft
        draft = mine.get()
    refuse_unless(draft.state == State.DRAFT, _("已经有一份没办完的申请：{number}。").format(number=draft))
    return draft


def _change(draft: HousingApplication, at: datetime, **values: Any) -> HousingApplication:
    """Write into the row only while it is a draft; what was handed in stays as it was."""
    own = HousingApplication.objects.filter(pk=draft.pk, state=State.DRAFT)
    refuse_unless(own.update(saved_at=at, **values) == 1, _("这份申请已经提交，不能再改。可以撤回后重新申请。"))
    return HousingApplication.objects.get(pk=draft.pk)


def save_task(draft: HousingApplication, values: dict[str, Any], *, by: User, at: datetime) -> HousingApplication:
    """Save one task."""
    require(policies.may_edit(by, draft, at=at), NOT_YOURS)
    strange = set(values) - EDITABLE
    if strange:
        raise ValueError(f"not editable: {sorted(strange)}")
    with transaction.atomic():
        note_for(draft, _("填写{task}").format(task=_task_of(values)), by=by, at=at)
        return _change(draft, at, **values)


def _task_of(values: dict[str, Any]) -> str:
    """The task that these fields belong to, in words."""
    return "、".join(str(title) for name, title in TASKS.items() if _MARKS[name] in values)


#: A field by which each task is known.
_MARKS = {
    "household": "birth_date",
    "work": "work",
    "income": "income_fen",
    "home": "home_m2",
    "documents": "documents",
    "wish": "estate",
}


@transaction.atomic
def add_member(
    draft: HousingApplication, *, relation: str, name: str, id_number: str, by: User, at: datetime
) -> HouseholdMember:
    """Put a person on the application. Sex and birth date come from the ID number."""
    require(policies.may_edit(by, draft, at=at), NOT_YOURS)
    _change(draft, at, household_complete=False)
    note_for(draft, _("加了一个人"), by=by, at=at)
    members = list(HouseholdMember.objects.filter(application=draft))
    refuse_unless(len(members) < MOST_MEMBERS, _("一份申请最多写 {most} 个人。").format(most=MOST_MEMBERS))
    _refuse_crowd(members, relation, at)
    said = id_numbers.read(id_number)
    if said is None:
        raise Refusal(_("身份证号不对，请对照证件再看一遍。"), field="id_number")
    _refuse_contradiction(relation, said.sex, members)
    index = blind_index("id_number", said.number)
    self_again = draft.worker.id_number_index is not None and bytes(draft.worker.id_number_index) == index
    refuse_unless(not self_again, _("这是你自己的身份证号，不用再加。"), field="id_number")
    try:
        with transaction.atomic():
            return HouseholdMember.objects.create(
                application=draft,
                relation=relation,
                name=name,
                id_number=said.number,
                id_number_index=index,
                sex=said.sex,
                birth_date=said.birth_date,
            )
    except IntegrityError as error:
        raise Refusal(_("这个人已经在名单里。"), field="id_number") from error


def _refuse_crowd(members: list[HouseholdMember], relation: str, at: datetime) -> None:
    """Friends and colleagues may rent together, but only a few."""
    if Relation.CO_TENANT not in {relation, *(row.relation for row in members)}:
        return
    most = parameters.get("housing.co_tenants_most", on=local_day(at)).number
    refuse_unless(len(members) + 2 <= most, _("合租一套最多 {most} 个人。").format(most=most), field="relation")


def _refuse_contradiction(relation: str, sex: str, members: list[HouseholdMember]) -> None:
    female, male = {Relation.DAUGHTER, Relation.MOTHER}, {Relation.SON, Relation.FATHER}
    wrong = (relation in female and sex == Sex.MALE) or (relation in male and sex == Sex.FEMALE)
    refuse_unless(not wrong, _("关系和身份证号上的性别对不上，请检查。"), field="relation")
    single = {Relation.SPOUSE, Relation.FATHER, Relation.MOTHER}
    taken = relation in single and relation in {row.relation for row in members}
    refuse_unless(not taken, _("这个关系已经加过一个人。"), field="relation")


@transaction.atomic
def remove_member(draft: HousingApplication, member: HouseholdMember, *, by: User, at: datetime) -> None:
    """Take a person off the application."""
    require(policies.may_edit(by, draft, at=at), NOT_YOURS)
    _change(draft, at, household_complete=False)
    note_for(draft, _("去掉了一个人"), by=by, at=at)
    HouseholdMember.objects.filter(application=draft, pk=member.pk).delete()


@transaction.atomic
def save_incomes(
    draft: HousingApplication,
    *,
    own_fen: int,
    exempt: bool,
    members_fen: dict[int, int],
    by: User,
    at: datetime,
) -> HousingApplication:
    """Save the applicant's income and that of the others, by member id."""
    draft = save_task(draft, {"income_fen": own_fen, "income_exempt": exempt}, by=by, at=at)
    for pk, amount in members_fen.items():
        HouseholdMember.objects.filter(application=draft, pk=pk).update(income_fen=amount)
    return draft


@transaction.atomic
def discard(draft: HousingApplication, *, by: User, at: datetime) -> None:
    """Throw a draft away with its papers."""
    require(policies.may_end(by, draft), NOT_YOURS)
    _change(draft, at)
    audit.record("discard", draft, by=by, at=at)
    drop_files(list(draft.documents.select_related("file")))
    draft.members.all().delete()
    draft.delete()
