"""Workflows move by compare-and-set: of two people who decide at once, one is told who was first."""

import pytest
from django.db import connection, models

from accounts.models import User
from core import audit
from core.transitions import AlreadyMoved, Flow, move
from tests.races import at_once, meeting, passed

FLOW = Flow(send=(["draft"], "sent"), close=(["draft", "sent"], "closed"))


def test_a_flow_knows_its_verbs():
    assert FLOW.allows("send", "draft")
    assert not FLOW.allows("send", "closed")
    assert FLOW.verbs_from("draft") == ["send", "close"]
    assert list(FLOW) == ["send", "close"]


class Letter(models.Model):
    """A row with a flow, living in a table of its own for these tests."""

    FLOW = FLOW
    state = models.CharField(
        max_length=8, default="draft", choices=[("draft", "草稿"), ("sent", "已发"), ("closed", "结束")]
    )
    note = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        app_label = "core"

    def __str__(self) -> str:
        return self.state


@pytest.fixture
def letter(transactional_db):
    with connection.schema_editor() as editor:
        editor.create_model(Letter)
    yield Letter.objects.create()
    with connection.schema_editor() as editor:
        editor.delete_model(Letter)


def test_a_move_changes_the_row_and_leaves_an_audit_entry(letter, at):
    moved = move(letter, "send", by=None, at=at, reason="齐全", note="x")
    assert (moved.state, moved.note) == ("sent", "x")
    entry = audit.timeline(letter).get()
    assert (entry.verb, entry.reason, entry.data) == ("send", "齐全", {"after": "sent"})


def test_who_only_looked_is_not_said_to_have_decided(letter, at):
    reader = User.objects.create(username="auditor", display_name="看的人", role="auditor")
    move(letter, "close", by=None, at=at)
    audit.record("read_paper", letter, by=reader, at=at)
    with pytest.raises(AlreadyMoved) as told:
        move(letter, "send", by=None, at=at)
    assert "看的人" not in told.value.message


def test_the_second_is_told_who_was_first(letter, at):
    official = User.objects.create(username="jiangjin", display_name="李监察员", role="official")
    move(letter, "close", by=official, at=at)
    with pytest.raises(AlreadyMoved, match=r"李监察员.*已先行办理.*结束"):
        move(letter, "send", by=None, at=at)


def test_of_eight_who_decide_at_once_exactly_one_does(letter, at):
    assert len(passed(at_once(*[lambda: move(letter, "send", by=None, at=at)] * 8))) == 1
    assert audit.timeline(letter).count() == 1


def test_reading_first_and_saving_later_would_let_several_through(letter, at):
    """The negative control: without the compare-and-set the same race is lost."""

    meet = meeting(8)

    def read_then_save():
        fresh = Letter.objects.get(pk=letter.pk)
        if not FLOW.allows("send", fresh.state):
            raise AlreadyMoved("late")
        meet()
        fresh.state = "sent"
        fresh.save()

    assert len(passed(at_once(*[read_then_save] * 8))) > 1
