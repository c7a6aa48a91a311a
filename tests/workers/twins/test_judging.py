"""Who judges, what takes two officials, what a merge moves, and what comes back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notice
from core import audit, outbox
from core.errors import NotAllowed, Refusal
from core.transitions import AlreadyMoved
from housing.models import Reminder
from workers import services
from workers.admin import found_by
from workers.enums import Purpose, Source
from workers.models import Consent, Fate, JobIntent, Mandate, Merge, Provenance, TwinPair, TwinState, Worker
from workers.services.intents import TO_BE_RECOMMENDED
from workers.twins import judging, links, merging
from workers.twins.detecting import find_twins
from workers.twins.merging import merge, unmerge

from .conftest import DEPARTMENTS_ID, PERSON, loaded_row

pytestmark = pytest.mark.django_db
LATER = timedelta(days=90)


@pytest.fixture
def pair(departments, by_phone, at):
    find_twins(at=at)
    return TwinPair.objects.get()


@pytest.fixture
def with_account(pair, by_phone, wang_wei):
    """The row without an ID number is the one that its person signs in to."""
    Worker.objects.filter(pk=by_phone.pk).update(user=wang_wei)
    return TwinPair.objects.get()


def test_who_sees_and_judges_a_pair(pair, jiangjin_official, fengjie_official, city_official, auditor, du_gaotian, at):
    def sees(user):
        return TwinPair.objects.visible_to(user).exists()

    assert all(map(sees, (jiangjin_official, city_official, auditor)))
    assert not any(map(sees, (fengjie_official, du_gaotian)))
    for user in (fengjie_official, auditor, du_gaotian):
        with pytest.raises(NotAllowed):
            judging.same(pair, pair.worker_a, by=user, at=at)


def test_two_districts_are_the_citys(pair, by_phone, jiangjin_official, fengjie_official, city_official):
    Worker.objects.filter(pk=by_phone.pk).update(hukou_division="500236117")
    seen = [TwinPair.objects.visible_to(user).exists() for user in (jiangjin_official, fengjie_official, city_official)]
    assert seen == [False, False, True]
    Worker.objects.filter(pk=by_phone.pk).update(hukou_division="")
    assert TwinPair.objects.visible_to(jiangjin_official).exists()


def test_a_merge_shows_the_best_of_both_and_hides_one(pair, departments, by_phone, jiangjin_official, at):
    assert judging.proposed_survivor(pair) == departments
    judging.same(pair, departments, by=jiangjin_official, at=at)
    shown = Worker.objects.get()
    assert (shown, shown.education, shown.trade, shown.mobile.open()) == (departments, "70", "welder", "15400001111")
    for typed in (by_phone.worker_no, "15400001111", departments.worker_no, DEPARTMENTS_ID, "ran qi"):
        assert list(found_by(Worker.objects.visible_to(jiangjin_official), typed)) == [departments], typed
    verbs = [audit.timeline(row).last().verb for row in (departments, by_phone)]
    assert verbs == ["workers.merged", "workers.merged"]


def test_who_looked_at_the_hidden_row_looked_at_the_person(pair, departments, by_phone, jiangjin_official, at):
    services.note_viewed(by_phone, by=jiangjin_official, at=at, purpose="查看资料")
    done = merge(departments, by_phone, by=None, at=at)
    assert [entry.reason for entry in services.seen_by(departments)] == ["查看资料"]
    unmerge(done, by=None, at=at + LATER, reason="核对有误")
    assert services.seen_by(departments) == []


def test_the_survivor_may_be_the_row_without_an_id_number(pair, departments, by_phone, jiangjin_official, at):
    """The number's index is unique and stays with the hidden row; the number is found and shown all the same."""
    judging.same(pair, by_phone, by=jiangjin_official, at=at)
    shown = Worker.objects.get()
    assert (shown, shown.id_number.open(), shown.id_number_index) == (by_phone, DEPARTMENTS_ID, None)
    assert list(Worker.objects.with_id_number(DEPARTMENTS_ID)) == [by_phone]
    judging.separate(TwinPair.objects.get(), reason="核对有误", by=jiangjin_official, at=at + LATER)
    shown.refresh_from_db()
    assert shown.id_number is None
    assert list(Worker.objects.with_id_number(DEPARTMENTS_ID)) == [departments]


def test_a_lent_number_goes_and_one_stated_since_stays(departments, by_phone, jiangjin_official, wang_wei, at):
    Worker.objects.filter(pk=departments.pk).update(user=wang_wei)
    own = Worker.objects.get(pk=departments.pk)
    done = merge(departments, by_phone, by=jiangjin_official, at=at)
    unmerge(done, by=jiangjin_official, at=at + LATER, reason="核对有误")
    departments.refresh_from_db()
    assert (departments.mobile, departments.mobile_index) == (None, None)
    done = merge(departments, by_phone, by=jiangjin_official, at=at + LATER)
    services.record(own, {"mobile": "15400002222"}, source=Source.WORKER, by=wang_wei, at=at + LATER)
    unmerge(done, by=jiangjin_official, at=at + 2 * LATER, reason="核对有误")
    departments.refresh_from_db()
    assert departments.mobile.open() == "15400002222"
    assert Worker.objects.get(pk=by_phone.pk).mobile.open() == "15400001111"


def test_when_each_was_last_checked_comes_back_too(departments, by_phone, at):
    services.record(by_phone, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    done = merge(departments, by_phone, by=None, at=at + timedelta(days=1))
    assert Provenance.objects.get(worker=departments).verified_at == at
    services.record(departments, {"education": "70"}, source=Source.EDUCATION, by=None, at=at + timedelta(days=2))
    unmerge(done, by=None, at=at + LATER, reason="核对有误")
    checked = [Provenance.objects.get(worker=row).verified_at for row in (departments, by_phone)]
    assert checked == [at + timedelta(days=2), at]


def test_an_id_number_that_no_card_has_does_not_stop_a_merge(by_phone, at):
    broken = loaded_row(at, id_number="500199197902110099", **PERSON)
    merge(broken, by_phone, by=None, at=at)
    assert Worker.objects.get().birth_date == PERSON["birth_date"]


def test_an_account_takes_two_officials(with_account, by_phone, jiangjin_official, city_official, wang_wei, at):
    assert judging.proposed_survivor(with_account) == by_phone
    waiting = judging.same(with_account, by_phone, by=jiangjin_official, at=at)
    assert (waiting.state, Merge.objects.count()) == (TwinState.SAME, 0)
    with pytest.raises(NotAllowed, match="提出人以外"):
        judging.confirm(waiting, by=jiangjin_official, at=at)
    done = judging.confirm(waiting, by=city_official, at=at)
    assert (done.state, Worker.objects.get()) == (TwinState.MERGED, by_phone)
    outbox.drain(at=at)
    assert Notice.objects.filter(user=wang_wei, event="workers.merged").count() == 1


def test_an_account_that_arrives_just_before_the_rows_are_locked_takes_two(
    pair, departments, by_phone, jiangjin_official, wang_wei, at, monkeypatch
):
    lock = merging.both_locked

    def late(*ids):
        Worker.objects.filter(pk=by_phone.pk, user=None).update(user=wang_wei)
        return lock(*ids)

    assert not judging.takes_two(pair)
    monkeypatch.setattr(merging, "both_locked", late)
    waiting = judging.same(pair, departments, by=jiangjin_official, at=at)
    assert (waiting.state, Merge.objects.count()) == (TwinState.SAME, 0)


def test_an_account_that_the_page_did_not_know_of_takes_two(
    departments, pair, by_phone, jiangjin_official, wang_wei, at
):
    shown = TwinPair.objects.select_related("worker_a", "worker_b").get()
    Worker.objects.filter(pk=by_phone.pk).update(user=wang_wei)
    assert judging.same(shown, departments, by=jiangjin_official, at=at).state == TwinState.SAME


def test_a_proposal_can_be_sent_back(with_account, by_phone, jiangjin_official, city_official, at):
    waiting = judging.same(with_account, by_phone, by=jiangjin_official, at=at)
    judging.send_back(waiting, reason="照片不像", by=city_official, at=at)
    again = TwinPair.objects.get()
    assert (again.state, again.survivor) == (TwinState.OPEN, None)


def test_everything_that_refers_to_a_person_is_taken_along():
    assert {model._meta.label for model, _name in links.references()} >= {
        "wages.Case",
        "jobs.Application",
        "jobs.Recommendation",
        "housing.HousingApplication",
        "housing.Reminder",
        "workers.Consent",
        "workers.ContactGrant",
        "workers.Mandate",
    }


def test_matters_of_another_app_take_two_officials_move_and_come_back(
    pair, departments, by_phone, jiangjin_official, at
):
    """A reminder stands for any of them: one per person, so of two the second stays where it was."""
    first = Reminder.objects.create(worker=by_phone, due_on=at.date(), asked_at=at)
    assert judging.takes_two(pair)
    done = merge(departments, by_phone, by=None, at=at)
    first.refresh_from_db()
    assert first.worker == departments
    unmerge(done, by=None, at=at + LATER, reason="核对有误")
    first.refresh_from_db()
    assert first.worker == by_phone
    second = Reminder.objects.create(worker=departments, due_on=at.date(), asked_at=at)
    done = merge(departments, by_phone, by=None, at=at + LATER)
    assert set(done.links.values_list("row_id", "fate")) == {(first.pk, Fate.STAYED)}
    unmerge(done, by=None, at=at + 2 * LATER, reason="核对有误")
    assert [Reminder.objects.get(pk=row.pk).worker for row in (first, second)] == [by_phone, departments]


def test_two_accounts_in_use_are_not_merged(with_account, departments, by_phone, li_fang, jiangjin_official, at):
    Worker.objects.filter(pk=departments.pk).update(user=li_fang)
    with pytest.raises(Refusal, match="在用的账户"):
        merge(departments, by_phone, by=jiangjin_official, at=at)
    type(li_fang).objects.filter(pk=li_fang.pk).update(is_active=False)
    merge(by_phone, departments, by=jiangjin_official, at=at)
    assert Worker.objects.get().user_id == Worker.everyone.get(pk=by_phone.pk).user_id


def test_the_account_goes_with_the_person_and_comes_back(with_account, departments, by_phone, wang_wei, at):
    done = merge(departments, by_phone, by=None, at=at)
    assert Worker.objects.visible_to(wang_wei).get() == departments
    unmerge(done, by=None, at=at + LATER, reason="核对有误")
    assert Worker.objects.visible_to(wang_wei).get() == by_phone


def test_an_account_that_came_to_the_survivor_since_stays_there(with_account, departments, by_phone, li_fang, at):
    done = merge(departments, by_phone, by=None, at=at)
    Worker.objects.filter(pk=departments.pk).update(user=li_fang)
    unmerge(done, by=None, at=at + LATER, reason="核对有误")
    assert Worker.objects.visible_to(li_fang).get() == departments
    assert Worker.everyone.get(pk=by_phone.pk).user is None


def consent(worker, at, purpose=Purpose.RECOMMEND, **more):
    return Consent.objects.create(worker=worker, purpose=purpose, version=1, given_at=at, **more)


def test_what_was_withdrawn_in_one_row_is_withdrawn_for_the_person(departments, by_phone, at):
    withdrawn = consent(departments, at, withdrawn_at=at + timedelta(hours=1))
    given, other = consent(by_phone, at), consent(by_phone, at, purpose=Purpose.DEPARTMENT_MATCH)
    JobIntent.objects.create(worker=by_phone, recommendable=True, home_district="500116")
    done = merge(departments, by_phone, by=None, at=at + timedelta(days=1))
    assert Consent.objects.get(withdrawn_at=None) == other
    assert not JobIntent.objects.candidates().exists()
    fates = {(given.pk, Fate.CLOSED), (given.pk, Fate.MOVED), (other.pk, Fate.MOVED)}
    assert set(done.links.values_list("row_id", "fate")) == fates
    unmerge(done, by=None, at=at + LATER, reason="核对有误")
    given.refresh_from_db()
    assert (given.worker, given.withdrawn_at) == (by_phone, None)
    assert JobIntent.objects.candidates().get().worker == by_phone
    withdrawn.refresh_from_db()
    assert withdrawn.withdrawn_at is not None


def test_the_same_consent_twice_is_one_and_a_withdrawal_since_holds_for_both(departments, by_phone, at):
    kept, left = consent(departments, at), consent(by_phone, at)
    done = merge(departments, by_phone, by=None, at=at)
    assert done.links.get(row_id=left.pk).fate == Fate.STAYED
    Consent.objects.filter(pk=kept.pk).update(withdrawn_at=at + timedelta(days=2))
    unmerge(done, by=None, at=at + LATER, reason="核对有误")
    left.refresh_from_db()
    assert left.withdrawn_at == at + LATER


def test_a_wish_for_work_is_lent_and_only_one_is_offered(departments, by_phone, at):
    for purpose in TO_BE_RECOMMENDED:
        consent(by_phone, at, purpose=purpose)
    JobIntent.objects.create(worker=by_phone, trade="welder", recommendable=True, home_district="500116")
    done = merge(departments, by_phone, by=None, at=at)
    assert JobIntent.objects.candidates().get().worker == departments
    unmerge(done, by=None, at=at + LATER, reason="核对有误")
    assert JobIntent.objects.get().worker == by_phone
    assert JobIntent.objects.candidates().exists()


def mandate(worker, broker, at, **more):
    expires = at + timedelta(days=300)
    return Mandate.objects.create(
        worker=worker, broker=broker, scope=["jobs"], evidence="paper", granted_at=at, expires_at=expires, **more
    )


def test_a_mandate_that_was_ended_stays_ended(departments, by_phone, du_gaotian, fengjie_broker, city_official, at):
    moved = mandate(by_phone, fengjie_broker, at)
    ended_at = {"ended_at": at + timedelta(days=1), "ended_by": city_official}
    mandate(departments, du_gaotian, at - timedelta(days=1), **ended_at)
    kept_out = mandate(by_phone, du_gaotian, at)
    done = merge(departments, by_phone, by=city_official, at=at + timedelta(days=2))
    assert list(Worker.objects.visible_to(fengjie_broker)) == [departments]
    assert not Worker.objects.visible_to(du_gaotian).exists()
    assert done.links.get(row_id=kept_out.pk).fate == Fate.STAYED
    unmerge(done, by=city_official, at=at + LATER, reason="核对有误")
    moved.refresh_from_db()
    assert moved.worker == by_phone
    assert list(Worker.objects.visible_to(du_gaotian)) == [by_phone]


def test_what_is_added_while_merged_stays_with_the_survivor(departments, by_phone, du_gaotian, at):
    done = merge(departments, by_phone, by=None, at=at)
    added = consent(departments, at, purpose=Purpose.SENSITIVE)
    unmerge(done, by=None, at=at + LATER, reason="核对有误")
    added.refresh_from_db()
    assert added.worker == departments
    with pytest.raises(Refusal, match="已经撤销"):
        unmerge(done, by=None, at=at + LATER, reason="核对有误")


def test_the_inner_merge_waits_for_the_outer(departments, by_phone, at):
    third = loaded_row(at, **PERSON)
    inner = merge(departments, by_phone, by=None, at=at)
    merge(third, departments, by=None, at=at)
    with pytest.raises(Refusal, match="先撤销"):
        unmerge(inner, by=None, at=at, reason="核对有误")
    with pytest.raises(Refusal, match="已经并入"):
        merge(departments, loaded_row(at), by=None, at=at)


def test_a_merged_pair_can_be_separated_and_is_not_proposed_again(pair, departments, jiangjin_official, at):
    judging.same(pair, departments, by=jiangjin_official, at=at)
    with pytest.raises(Refusal, match="理由"):
        judging.separate(TwinPair.objects.get(), reason=" ", by=jiangjin_official, at=at)
    judging.separate(TwinPair.objects.get(), reason="是两兄弟", by=jiangjin_official, at=at + LATER)
    assert Worker.objects.count() == 2
    assert find_twins(at=timezone.now()).new == 0
    assert TwinPair.objects.get().state == TwinState.DIFFERENT


def test_who_is_not_the_hidden_row_is_not_the_shown_one(pair, departments, by_phone, jiangjin_official, at):
    stranger = loaded_row(at, **PERSON)
    find_twins(at=at)
    judged = TwinPair.objects.get(worker_a=by_phone, worker_b=stranger)
    judging.different(judged, reason="不是一家人", by=jiangjin_official, at=at)
    TwinPair.objects.filter(worker_a=departments, worker_b=stranger).delete()
    judging.same(TwinPair.objects.get(pk=pair.pk), departments, by=jiangjin_official, at=at)
    assert TwinPair.objects.get(worker_a=departments, worker_b=stranger).state == TwinState.DIFFERENT
    assert find_twins(at=at).new == 0


def test_taking_back_a_merge_that_took_two_takes_two(
    with_account, by_phone, jiangjin_official, city_official, wang_wei, at
):
    judging.confirm(judging.same(with_account, by_phone, by=jiangjin_official, at=at), by=city_official, at=at)
    waiting = judging.separate(TwinPair.objects.get(), reason="是两兄弟", by=jiangjin_official, at=at + LATER)
    assert (waiting.state, Worker.objects.get()) == (TwinState.PARTING, by_phone)
    with pytest.raises(NotAllowed, match="提出人以外"):
        judging.confirm_separation(waiting, by=jiangjin_official, at=at + LATER)
    with pytest.raises(AlreadyMoved):
        judging.separate(waiting, reason="再提一次", by=city_official, at=at + LATER)
    done = judging.confirm_separation(waiting, by=city_official, at=at + LATER)
    assert (done.state, done.decision_note, Worker.objects.count()) == (TwinState.DIFFERENT, "是两兄弟", 2)
    assert Merge.objects.get().undone_by == city_official


def test_what_the_second_official_does_not_agree_to_stays_one(
    with_account, by_phone, jiangjin_official, city_official, at
):
    judging.confirm(judging.same(with_account, by_phone, by=jiangjin_official, at=at), by=city_official, at=at)
    judging.separate(TwinPair.objects.get(), reason="是两兄弟", by=jiangjin_official, at=at + LATER)
    kept = judging.keep(TwinPair.objects.get(), reason="查过户口，是一个人", by=city_official, at=at + LATER)
    assert (kept.state, Worker.objects.count()) == (TwinState.MERGED, 1)
    with pytest.raises(Refusal, match="没有等待复核"):
        judging.confirm_separation(kept, by=city_official, at=at + LATER)


def test_an_account_that_came_after_the_merge_makes_taking_it_back_a_matter_of_two(
    pair, departments, jiangjin_official, wang_wei, at
):
    judging.same(pair, departments, by=jiangjin_official, at=at)
    Worker.objects.filter(pk=departments.pk).update(user=wang_wei)
    waiting = judging.separate(TwinPair.objects.get(), reason="是两兄弟", by=jiangjin_official, at=at + LATER)
    assert (waiting.state, Worker.objects.count()) == (TwinState.PARTING, 1)
