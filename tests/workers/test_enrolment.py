"""Coming to a row of the registry: once, truthfully, and never through a recycled number."""

import pytest

from accounts.models import User
from accounts.services import people, recovery
from core import outbox
from core.crypto import blind_index, id_check_character
from core.errors import Refusal
from core.models import AuditEntry
from tests.races import at_once, passed
from workers import services
from workers.enums import Source
from workers.models import JobIntent, Statement, Worker
from workers.services.standing import outcome

from .conftest import ID_NUMBER


def departments_row(at, *, phone="13800000001", name="王伟"):
    """A row as a department's file would make it: nobody has signed in to it."""
    row = Worker(created_at=at, full_name=name, education="70")
    row.id_number, row.id_number_index = ID_NUMBER, blind_index("id_number", ID_NUMBER)
    row.mobile, row.mobile_index = phone, blind_index("phone", phone)
    row.save()
    return row


def test_the_first_visit_makes_one_row_with_the_proven_phone(wang_wei, at):
    first, second = services.for_user(wang_wei, at=at), services.for_user(wang_wei, at=at)
    assert first == second
    assert first.mobile.open() == "13800000001"
    assert first.worker_no.startswith("W")


def test_a_known_row_is_joined_when_name_and_phone_agree(wang_wei, at):
    known = departments_row(at)
    own = services.for_user(wang_wei, at=at)
    services.record(own, {"trade": "cook", "job_intent": {"trade": "cook"}}, source=Source.WORKER, by=wang_wei, at=at)
    joined = services.identify(wang_wei, full_name="王伟", id_number=ID_NUMBER, by=wang_wei, at=at)
    assert joined == known
    assert (joined.user, joined.education, joined.trade) == (wang_wei, "70", "cook")
    assert Worker.objects.count() == 1
    assert (joined.intent.trade, joined.mobile.open()) == ("cook", "13800000001")
    assert not JobIntent.objects.candidates().filter(worker=own).exists()
    assert not Statement.objects.filter(worker=known, act__numbers__contains=[22]).exists()  # said about the other row


@pytest.mark.parametrize("difference", [{"phone": "13911112222"}, {"name": "王五"}])
def test_a_recycled_number_or_another_name_does_not_open_a_row(wang_wei, at, difference):
    known = departments_row(at, **difference)
    with pytest.raises(Refusal, match="换号找回"):
        services.identify(wang_wei, full_name="王伟", id_number=ID_NUMBER, by=wang_wei, at=at)
    known.refresh_from_db()
    assert known.user is None


def test_a_number_in_another_account_stays_there(worker, li_fang, at):
    with pytest.raises(Refusal, match="已经登记"):
        services.identify(li_fang, full_name="王伟", id_number=ID_NUMBER, by=li_fang, at=at)
    worker.refresh_from_db()
    assert worker.user.display_name == "王伟"


def test_of_two_people_who_state_one_number_at_once_one_is_registered(transactional_db, wang_wei, li_fang, at):
    people = iter([wang_wei, li_fang] * 4)

    def state():
        user = next(people)
        return services.identify(user, full_name="王伟", id_number=ID_NUMBER, by=user, at=at)

    done = passed(at_once(*[state] * 8))
    owner = Worker.objects.get(id_number_index=blind_index("id_number", ID_NUMBER)).user
    assert {row.user for row in done} == {owner}
    assert Worker.objects.count() == 1
    assert AuditEntry.objects.filter(verb="workers.register").count() == 1


def test_a_first_registration_leaves_what_two_steps_would(wang_wei, at):
    """Row, outcome, statement and audit of somebody who states name and number before any other visit."""
    row = services.identify(wang_wei, full_name="王伟", id_number=ID_NUMBER, by=wang_wei, at=at)
    found = Worker.objects.get()
    assert row == found
    assert (found.full_name, found.name_pinyin, found.sex) == ("王伟", "wang wei", "1")
    assert (found.id_number.open(), found.mobile.open()) == (ID_NUMBER, "13800000001")
    standing = {number: Source(one.source) for number, one in outcome(found).items()}
    assert standing[1] == standing[2] == standing[9] == Source.WORKER
    assert standing[3] == standing[4] == Source.COMPUTED
    statement = Statement.objects.get()
    assert (statement.numbers, statement.texts, statement.won) == ([1, 2, 9], [None, "王伟", None], True)
    assert list(AuditEntry.objects.order_by("id").values_list("verb", "subject_id", "actor_id")) == [
        ("workers.register", str(found.pk), wang_wei.pk),
        ("workers.record", str(found.pk), wang_wei.pk),
    ]


def test_nobody_under_sixteen_is_registered(wang_wei, at):
    body = "50019920100310001"
    with pytest.raises(Refusal, match="16 周岁"):
        services.identify(wang_wei, full_name="王小伟", id_number=body + id_check_character(body), by=wang_wei, at=at)
    assert not Worker.objects.exclude(id_number_index=None).exists()


def test_an_id_number_is_given_once(worker, at):
    body = "50019919830412003"
    with pytest.raises(Refusal, match="人社窗口"):
        services.identify(
            worker.user, full_name="王伟", id_number=body + id_check_character(body), by=worker.user, at=at
        )


def test_the_step_up_check_compares_name_and_last_six(worker, li_fang):
    assert services.identity_matches(worker.user, "王伟", ID_NUMBER[-6:]) is True
    assert services.identity_matches(worker.user, "王伟", "000000") is False
    assert services.identity_matches(worker.user, "李伟", ID_NUMBER[-6:]) is False
    assert services.identity_matches(li_fang, "李芳", "000000") is None


def test_the_registry_follows_a_number_that_the_account_changed_or_lost(worker, wang_wei, jiangjin_official, at):
    request = recovery.file(
        name="王伟",
        id_last6=ID_NUMBER[-6:],
        district="500116",
        old_phone="13800000001",
        new_phone="13900000009",
        note="",
        at=at,
    )
    recovery.approve(request, by=jiangjin_official, at=at, reason="身份证核对一致")
    outbox.drain(at=at)
    worker.refresh_from_db()
    assert worker.mobile.open() == "13900000009"
    assert not Worker.objects.with_mobile("13800000001").exists()
    User.objects.filter(pk=wang_wei.pk).update(held_since=at)
    people.give_up_number(User.objects.get(pk=wang_wei.pk), at=at)
    outbox.drain(at=at)
    worker.refresh_from_db()
    assert worker.mobile is None
    assert not Worker.objects.with_mobile("13900000009").exists()


def test_an_account_whose_row_was_there_keeps_it_when_it_states_a_number(wang_wei, at):
    row = services.for_user(wang_wei, at=at)
    services.identify(wang_wei, full_name="王伟", id_number=ID_NUMBER, by=wang_wei, at=at)
    assert wang_wei.worker == row
