"""Rows added by a statement whose text is made once: the same row as `save` would have written."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import SmsMessage, User
from core import rows


def somebody(**more):
    return User(display_name="王伟", phone="13800000001", phone_index=b"i" * 32, password="!", **more)


def test_it_is_the_row_that_save_would_have_written(db):
    added, saved = rows.add(somebody()), User(display_name="王伟", password="!")
    saved.save()
    own = {"id", "uuid", "username", "phone", "phone_index", "date_joined"}
    columns = [field.attname for field in User._meta.concrete_fields if field.attname not in own]
    found = User.objects.get(pk=added.pk)
    assert [getattr(found, name) for name in columns] == [getattr(saved, name) for name in columns]
    assert found.phone.open() == "13800000001"


def test_a_choice_or_a_number_in_place_of_a_word_is_prepared_as_save_does(db):
    user = rows.add(somebody(role=Role.BROKER, username=7))
    assert User.objects.filter(pk=user.pk, role="broker", username="7").exists()


def test_the_added_row_can_be_saved_again(db):
    user = rows.add(somebody())
    user.display_name = "王小伟"
    user.save()
    assert User.objects.get().display_name == "王小伟"


def test_what_the_database_fills_in_is_known(db, at):
    from workers.models import Worker

    row = Worker(created_at=at, hukou_division="500116001")
    rows.add(row)
    found = Worker.objects.get()
    assert (row.pk, row.worker_no, row.hukou_district) == (found.pk, found.worker_no, "500116")


def test_a_taken_key_is_an_answer_or_an_error(db):
    rows.add(somebody())
    assert rows.add_unless_there(somebody()) is False
    assert rows.add_unless_there(somebody(username="free")) is False
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.add(somebody())
    assert User.objects.count() == 1


def test_a_check_is_no_answer(db, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.add_unless_there(SmsMessage(phone="1", phone_index=b"", text="x", created_at=at, state="nonsense"))


def test_a_row_that_is_there_already_is_a_mistake(db):
    with pytest.raises(ValueError, match="already"):
        rows.add(rows.add(somebody()))


def test_one_row_is_one_statement(db):
    with CaptureQueriesContext(connection) as asked:
        rows.add(somebody())
    assert len(asked) == 1


def test_a_found_row_is_the_one_that_a_queryset_finds(db, at):
    added = rows.add(somebody(phone_verified_at=at))
    found, expected = rows.first(User, "phone_index = %s", [b"i" * 32]), User.objects.get(pk=added.pk)
    for field in User._meta.concrete_fields:
        mine, theirs = getattr(found, field.attname), getattr(expected, field.attname)
        assert type(mine) is type(theirs), field.name
        assert mine == theirs or field.name == "phone"
    assert found == expected and not found._state.adding
    assert found.phone.open() == "13800000001"
    found.display_name = "王小伟"
    found.save()
    assert User.objects.get().display_name == "王小伟"


def test_converters_are_those_of_the_fields(db):
    from core.models import Parameter

    for row in Parameter.objects.all():
        found = rows.first(Parameter, "id = %s", [row.pk])
        assert (found.value, type(found.value), found.valid_from) == (row.value, type(row.value), row.valid_from)


def test_nothing_found_is_none(db):
    assert rows.first(User, "id = %s", [0]) is None
