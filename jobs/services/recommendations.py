"""Offering a vacancy to people, and their answer."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.calendar import local_day
from core.errors import refuse_unless, require
from core.transitions import AlreadyMoved, move
from workers.services import grant_contact

from .. import candidates, limits, policies
from ..enums import RECOMMEND_AT_MOST, ApplicationSource
from ..models import Application, Recommendation, Vacancy
from .applications import file_application, live_application, occasion, refuse_unless_open


@dataclass(frozen=True)
class Sent:
    """Who was offered the job, and how many of those asked for could not be."""

    offers: list[Recommendation] = field(default_factory=list)
    skipped: int = 0


@transaction.atomic
def recommend(vacancy: Vacancy, worker_ids: list[int], *, by: Any, at: datetime) -> Sent:
    """Offer the job to up to twenty people of the broker's own ranking.

    Everybody is weighed again here, so whoever left the jurisdiction, took back the consent or was asked by
    somebody else meanwhile is skipped. The vacancy's row is locked: two brokers never ask one person twice.
    """
    require(policies.may_recommend(by), _("只有劳务经纪人可以推荐。"))
    wanted = list(dict.fromkeys(worker_ids))
    refuse_unless(bool(wanted), _("请先勾选要推荐的人。"), field="worker")
    refuse_unless(
        len(wanted) <= RECOMMEND_AT_MOST, _("一次最多推荐 {most} 人。").format(most=RECOMMEND_AT_MOST), field="worker"
    )
    vacancy = Vacancy.objects.select_for_update(of=("self",)).get(pk=vacancy.pk)
    refuse_unless_open(vacancy, at)
    ranking = candidates.rank(vacancy, by, at=at, most=RECOMMEND_AT_MOST, only=wanted)
    today = local_day(at)
    answer_by = min(today + timedelta(days=limits.on(today).offer_days), vacancy.expires_on)
    offers = [_offer(vacancy, candidate, answer_by, by=by, at=at) for candidate in ranking.candidates]
    return Sent(offers, skipped=len(wanted) - len(offers))


def _offer(
    vacancy: Vacancy, candidate: candidates.Candidate, answer_by: date, *, by: Any, at: datetime
) -> Recommendation:
    row = Recommendation.objects.create(
        vacancy=vacancy,
        worker=candidate.worker,
        division=vacancy.division_id,
        broker=by,
        score=candidate.score.total,
        reasons=candidate.score.words(),
        offered_at=at,
        answer_by=answer_by,
    )
    audit.record("jobs.recommend", row, by=by, at=at, worker=candidate.worker.worker_no, vacancy=vacancy.pk)
    outbox.put("jobs.offered", row, at=at)
    return row


@transaction.atomic
def accept(recommendation: Recommendation, *, by: Any, at: datetime) -> Application:
    """The worker takes the offer: an application, and this broker may see the phone number."""
    require(policies.may_answer(by, recommendation), _("只有本人可以答复。"))
    refuse_unless_open(recommendation.vacancy, at)
    recommendation = move(recommendation, "accept", by=by, at=at, answered_at=at)
    application = live_application(recommendation.vacancy, recommendation.worker) or file_application(
        recommendation.vacancy,
        recommendation.worker,
        by=by,
        at=at,
        source=ApplicationSource.RECOMMENDATION,
        recommendation=recommendation,
    )
    grant_contact(recommendation.worker, broker=recommendation.broker, occasion=occasion(application), by=by, at=at)
    outbox.put("jobs.accepted", recommendation, at=at)
    return application


@transaction.atomic
def decline(recommendation: Recommendation, *, by: Any, at: datetime) -> Recommendation:
    """The worker does not want it; no reason is asked."""
    require(policies.may_answer(by, recommendation), _("只有本人可以答复。"))
    recommendation = move(recommendation, "decline", by=by, at=at, answered_at=at)
    outbox.put("jobs.declined", recommendation, at=at)
    return recommendation


def expire_unanswered(*, at: datetime) -> int:
    """Close offers past their last day; may run twice. Returns how many."""
    done = 0
    for offer in Recommendation.objects.unanswered(local_day(at)).order_by("pk").iterator(chunk_size=500):
        try:
            move(offer, "expire", by=None, at=at)
        except AlreadyMoved:
            continue
        done += 1
    return done
