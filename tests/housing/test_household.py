"""Who may stand on one application."""

import pytest

from core.errors import Refusal
from housing import services
from housing.enums import Relation
from housing.registry import also_applied

from .conftest import id_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(worker, at):
    draft = services.start(worker, by=worker.user, at=at)

    def put(relation, born, sequence, name="陈静"):
        number = id_number(born, sequence)
        return services.add_member(draft, relation=relation, name=name, id_number=number, by=worker.user, at=at)

    put.draft = draft
    return put


def test_sex_and_birth_date_come_from_the_number(add):
    member = add(Relation.SPOUSE, "19850302", 2)
    assert (member.sex, member.birth_date.isoformat()) == ("2", "1985-03-02")
    assert member.id_number.open() == id_number("19850302", 2)


@pytest.mark.parametrize(
    ("relation", "sequence", "sentence"),
    [(Relation.DAUGHTER, 1, "对不上"), (Relation.FATHER, 2, "对不上")],
)
def test_a_relation_that_contradicts_the_number_is_refused(add, relation, sequence, sentence):
    with pytest.raises(Refusal, match=sentence):
        add(relation, "19850302", sequence)


def test_nobody_is_added_twice_nor_the_applicant(add):
    add(Relation.SPOUSE, "19850302", 2)
    with pytest.raises(Refusal, match="已经在名单里"):
        add(Relation.OTHER_RELATIVE, "19850302", 2)
    with pytest.raises(Refusal, match="你自己的"):
        add(Relation.OTHER_RELATIVE, "19830412", 1)
    with pytest.raises(Refusal, match="已经加过"):
        add(Relation.SPOUSE, "19860302", 2)


def test_a_wrong_number_is_refused_with_a_sentence(add, worker, at):
    with pytest.raises(Refusal, match="身份证号不对"):
        services.add_member(
            add.draft, relation="spouse", name="陈静", id_number="500199198503020010", by=worker.user, at=at
        )


def test_three_may_rent_together_and_not_four(add):
    add(Relation.CO_TENANT, "19850302", 1)
    add(Relation.CO_TENANT, "19860302", 1)
    with pytest.raises(Refusal, match="最多 3 个人"):
        add(Relation.CO_TENANT, "19870302", 1)


def test_a_new_member_reopens_the_task(add, worker, at):
    services.save_task(add.draft, {"household_complete": True}, by=worker.user, at=at)
    add(Relation.SPOUSE, "19850302", 2)
    add.draft.refresh_from_db()
    assert not add.draft.household_complete


def test_reviewers_see_that_somebody_stands_on_two_applications(submitted, make_worker, li_fang, estate, fill, at):
    other = fill(services.start(make_worker(li_fang, "19880101", 4), by=li_fang, at=at), estate)
    row = services.submit(other, by=li_fang, at=at)
    assert also_applied(row) == [submitted.number]
    assert also_applied(submitted) == [row.number]


def test_only_fields_of_the_form_can_be_saved(add, worker, at):
    with pytest.raises(ValueError, match="state"):
        services.save_task(add.draft, {"state": "waiting"}, by=worker.user, at=at)
