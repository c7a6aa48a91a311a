"""Consents, contact grants and mandates."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import outbox
from core.errors import NotAllowed, Refusal
from workers import policies, services
from workers.enums import VERSIONS, MandateScope, Purpose, Source
from workers.models import Consent, ContactGrant, JobIntent, Mandate
from workers.services import consents
from workers.services.intents import TO_BE_RECOMMENDED


def test_giving_twice_is_giving_once(worker, at):
    for _ in range(2):
        services.give_consent(worker, Purpose.RECOMMEND, by=worker.user, at=at)
    assert Consent.objects.count() == 1


def test_nobody_else_consents_for_the_worker(worker, mandate, du_gaotian, at):
    with pytest.raises(NotAllowed):
        services.give_consent(worker, Purpose.RECOMMEND, by=du_gaotian, at=at)


def test_withdrawing_takes_the_phone_back_from_everybody(worker, du_gaotian, at):
    services.give_consent(worker, Purpose.CONTACT, by=worker.user, at=at)
    services.grant_contact(worker, broker=du_gaotian, occasion="jobs.application:1", by=worker.user, at=at)
    assert policies.may_see_phone(du_gaotian, worker)
    services.withdraw_consent(worker, Purpose.CONTACT, by=worker.user, at=at)
    assert not policies.may_see_phone(du_gaotian, worker)
    assert ContactGrant.objects.get().withdrawn_at == at


def test_a_contact_grant_names_exactly_one(worker, du_gaotian, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactGrant.objects.create(worker=worker, occasion="x", granted_at=at)


def test_a_mandate_lives_until_it_expires(worker, mandate, du_gaotian, at):
    late = mandate.expires_at
    assert policies.may_act_for(du_gaotian, worker, MandateScope.JOBS, at=late - timedelta(seconds=1))
    assert not policies.may_act_for(du_gaotian, worker, MandateScope.JOBS, at=late)
    assert not policies.may_act_for(du_gaotian, worker, MandateScope.WAGES, at=at)


def test_a_new_mandate_replaces_the_old(worker, mandate, du_gaotian, at):
    services.grant_mandate(worker, du_gaotian, scope=["wages"], evidence="paper", by=worker.user, at=at)
    assert Mandate.objects.live(at).get().scope == ["wages"]


def test_ending_twice_says_so(worker, mandate, at):
    services.end_mandate(mandate, by=worker.user, at=at)
    with pytest.raises(Refusal, match="已经结束"):
        services.end_mandate(mandate, by=worker.user, at=at)


def test_the_contact_broker_follows_the_mandate(worker, mandate, du_gaotian, at):
    worker.refresh_from_db()
    assert worker.broker == du_gaotian
    services.end_mandate(mandate, by=worker.user, at=at)
    worker.refresh_from_db()
    assert worker.broker is None


def test_the_worker_is_told_of_a_mandate(worker, mandate, at):
    outbox.drain(at=at)
    assert worker.user.notices.get().text.startswith("杜高田")


def test_only_brokers_take_mandates(worker, li_fang, at):
    with pytest.raises(Refusal):
        services.grant_mandate(worker, li_fang, scope=["jobs"], evidence="sms", by=worker.user, at=at)


@pytest.fixture
def candidate(worker, at):
    """Looks for work and agreed to be recommended."""
    wish = {"wants_job": True, "trade": "cook", "anywhere": True}
    services.record(worker, {"job_intent": wish}, source=Source.WORKER, by=worker.user, at=at)
    for purpose in TO_BE_RECOMMENDED:
        services.give_consent(worker, purpose, by=worker.user, at=at)
    assert JobIntent.objects.candidates().filter(worker=worker).exists()
    return worker


def test_a_new_version_of_a_text_asks_again_and_until_then_nobody_has_agreed(candidate, client_of, monkeypatch):
    monkeypatch.setitem(VERSIONS, Purpose.RECOMMEND, 2)
    assert not consents.has_consent(candidate, Purpose.RECOMMEND)
    assert consents.ask_again() == 1
    assert not JobIntent.objects.candidates().exists()
    browser = client_of(candidate.user)
    assert "以前的同意不再算数" in browser.get(reverse("workers:consents")).text
    browser.post(reverse("workers:set_consent", args=[Purpose.RECOMMEND]), {"give": "1"})
    assert JobIntent.objects.candidates().filter(worker=candidate).exists()
    assert [row.version for row in Consent.objects.filter(withdrawn_at=None, purpose=Purpose.RECOMMEND)] == [2]
    assert [row.version for row in Consent.objects.exclude(withdrawn_at=None)] == [1]
    assert "以前的同意不再算数" not in browser.get(reverse("workers:consents")).text


def test_asking_again_leaves_those_alone_who_agreed_to_the_present_text(candidate):
    assert consents.ask_again() == 0
    assert JobIntent.objects.candidates().exists()


def test_a_wish_changed_after_the_text_did_does_not_bring_the_old_consent_back(candidate, monkeypatch, at):
    monkeypatch.setitem(VERSIONS, Purpose.RECOMMEND, 2)
    wish = {"wants_job": True, "trade": "welder", "anywhere": True}
    services.record(candidate, {"job_intent": wish}, source=Source.WORKER, by=candidate.user, at=at)
    assert not JobIntent.objects.candidates().exists()


@pytest.mark.parametrize("purpose", TO_BE_RECOMMENDED)
def test_withdrawing_either_takes_the_worker_out_of_every_brokers_search_at_once(candidate, at, purpose):
    services.withdraw_consent(candidate, purpose, by=candidate.user, at=at)
    assert not JobIntent.objects.candidates().exists()
    assert not consents.has_consent(candidate, purpose)


def test_agreeing_to_be_recommended_alone_does_not_open_the_departments_data_to_matching(worker, at):
    wish = {"wants_job": True, "trade": "cook", "anywhere": True}
    services.record(worker, {"job_intent": wish}, source=Source.WORKER, by=worker.user, at=at)
    services.give_consent(worker, Purpose.RECOMMEND, by=worker.user, at=at)
    assert not JobIntent.objects.candidates().exists()


def test_a_new_text_about_matching_asks_again_too(candidate, monkeypatch):
    monkeypatch.setitem(VERSIONS, Purpose.DEPARTMENT_MATCH, 2)
    assert consents.ask_again() == 1
    assert not JobIntent.objects.candidates().exists()


def test_a_purpose_withdrawn_leaves_the_others_as_they_are(candidate, at):
    for purpose in Purpose:
        services.give_consent(candidate, purpose, by=candidate.user, at=at)
    services.withdraw_consent(candidate, Purpose.SENSITIVE, by=candidate.user, at=at)
    assert [purpose for purpose in Purpose if not consents.has_consent(candidate, purpose)] == [Purpose.SENSITIVE]
