"""A rendered form takes effect once, whatever the person's fingers and the network do."""

from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from accounts.models import User
from core import submissions
from core.errors import Refusal
from core.models import Submission
from tests.races import at_once


@pytest.fixture
def session(db):
    store = SessionStore()
    store.create()
    return store


def post(session, key, **body):
    request = RequestFactory().post("/", {submissions.FIELD: key, "csrfmiddlewaretoken": "any", **body})
    request.session, request.user = session, AnonymousUser()
    return request


def creating(username):
    return lambda: User.objects.create(username=username).username


def test_the_second_post_of_a_form_finds_the_first_result(session, at):
    key = submissions.new_key()
    first = submissions.once(post(session, key, a="1"), "test", creating("one"), at=at)
    second = submissions.once(post(session, key, a="1"), "test", creating("two"), at=at)
    assert (first.replay, second.replay, second.result) == (False, True, "one")
    assert not User.objects.filter(username="two").exists()


def test_the_same_form_with_other_content_is_refused(session, at):
    key = submissions.new_key()
    submissions.once(post(session, key, a="1"), "test", creating("one"), at=at)
    with pytest.raises(submissions.SubmissionChanged):
        submissions.once(post(session, key, a="2"), "test", creating("two"), at=at)


def test_every_file_under_one_name_counts(session, at):
    def uploads(first):
        return [SimpleUploadedFile(first, b"1"), SimpleUploadedFile("last.jpg", b"2")]

    key = submissions.new_key()
    submissions.once(post(session, key, files=uploads("a.jpg")), "test", creating("one"), at=at)
    with pytest.raises(submissions.SubmissionChanged):
        submissions.once(post(session, key, files=uploads("b.jpg")), "test", creating("two"), at=at)


@pytest.mark.parametrize("key", ["", "forged", "a:b:c", "\0", "x" * 10_000])
def test_a_missing_or_forged_key_is_a_sentence(session, at, key):
    with pytest.raises(Refusal, match="重新提交"):
        submissions.once(post(session, key), "test", creating("one"), at=at)


def test_somebody_elses_key_does_not_show_their_result(session, at):
    key = submissions.new_key()
    submissions.once(post(session, key), "test", creating("one"), at=at)
    stranger = SessionStore()
    stranger.create()
    assert submissions.once(post(stranger, key), "test", creating("two"), at=at).result == "two"


def test_a_failed_effect_can_be_tried_again_with_the_same_form(session, at):
    key = submissions.new_key()

    def fail():
        User.objects.create(username="half")
        raise Refusal("不行")

    with pytest.raises(Refusal):
        submissions.once(post(session, key), "test", fail, at=at)
    assert not User.objects.filter(username="half").exists()
    assert submissions.once(post(session, key), "test", creating("one"), at=at).replay is False


def test_ten_clicks_at_once_have_one_effect(transactional_db, at):
    session = SessionStore()
    session.create()
    key = submissions.new_key()

    def click(number):
        return submissions.once(post(session, key), "test", creating(f"click{number}"), at=at).result

    results = at_once(*(partial(click, number) for number in range(10)))
    assert len(set(results)) == 1
    assert User.objects.count() == Submission.objects.count() == 1
