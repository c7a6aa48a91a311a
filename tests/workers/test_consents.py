"""Consents, contact grants and mandates."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core import outbox
from core.errors import NotAllowed, Refusal
from workers import policies, services
from workers.enums import MandateScope, Purpose
from workers.models import Consent, ContactGrant, Mandate


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
