"""A vacancy from its registration to its end."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, divisions, outbox
from core.calendar import local_day
from core.errors import Refusal, refuse_unless, require
from core.transitions import AlreadyMoved, move
from employers.enums import EmployerState
from employers.models import Employer

from .. import limits, policies, wording
from ..enums import RecommendationState, VacancyState
from ..models import Recommendation, Vacancy

# The texts that people read, and so must not discriminate.
CHECKED_TEXTS = ("title", "requirements", "duties", "employer_profile", "address")
REFRESH_AFTER = timedelta(hours=20)


def refuse_discrimination(fields: dict[str, Any]) -> None:
    """Raise the first forbidden wording as a `Refusal` at its field, with the article of law."""
    texts = {name: fields[name] for name in CHECKED_TEXTS if fields.get(name)}
    for name, found in wording.findings_by_field(texts).items():
        raise Refusal(found[0].reason, field=name)


def refuse_unverifiable(employer: Employer) -> None:
    """Nobody looks for people on behalf of an employer that did not pass verification."""
    passed = employer.state != EmployerState.REFUSED
    refuse_unless(passed, _("这家单位没有通过核验，不能登记岗位。"), field="employer")


def refuse_wrong_end(expires_on: date, today: date) -> None:
    """A notice ends in the future, and not later than its longest term."""
    latest = today + timedelta(days=limits.on(today).vacancy_days)
    refuse_unless(
        today <= expires_on <= latest,
        _("招聘截止应在今天到 {latest:%Y-%m-%d} 之间。").format(latest=latest),
        field="expires_on",
    )


def keywords_of(trade_label: str, employer: Employer, division: str) -> str:
    """Words that people also search by but that stand in other tables."""
    return f"{trade_label} {employer.name} {divisions.name_of(division)}"[:200]


def _indexed(vacancy: Vacancy) -> Vacancy:
    vacancy.keywords = keywords_of(str(vacancy.get_trade_display()), vacancy.employer, vacancy.division_id)
    return vacancy


@transaction.atomic
def register(*, by: Any, at: datetime, **fields: Any) -> Vacancy:
    """Put a job notice on record and hand it to the officials to check."""
    require(policies.may_register(by), _("只有劳务经纪人和工作人员可以登记岗位。"))
    refuse_unverifiable(fields["employer"])
    refuse_discrimination(fields)
    refuse_wrong_end(fields["expires_on"], local_day(at))
    vacancy = _indexed(Vacancy(**fields, state=VacancyState.PENDING, registered_by=by, created_at=at, refreshed_at=at))
    vacancy.save(force_insert=True)
    audit.record("jobs.register", vacancy, by=by, at=at)
    return vacancy


@transaction.atomic
def revise(vacancy: Vacancy, *, by: Any, at: datetime, **fields: Any) -> Vacancy:
    """Correct a notice that was not passed and hand it in again."""
    require(policies.may_manage(by, vacancy), _("只有登记人可以修改这个岗位。"))
    refuse_unverifiable(fields["employer"])
    refuse_discrimination(fields)
    refuse_wrong_end(fields["expires_on"], local_day(at))
    for name, value in fields.items():
        setattr(vacancy, name, value)
    _indexed(vacancy)
    changes = {name: getattr(vacancy, name) for name in (*fields, "keywords")}
    return move(
        vacancy, "submit", by=by, at=at, **changes, refusal_reason="", checked_by=None, checked_at=None, refreshed_at=at
    )


@transaction.atomic
def publish(vacancy: Vacancy, *, by: Any, at: datetime) -> Vacancy:
    """Let everybody see a checked notice."""
    require(policies.may_check(by, vacancy), _("只有当地的另一位工作人员可以审核这个岗位。"))
    refuse_unless(vacancy.employer.state == EmployerState.VERIFIED, _("用人单位还没有核验，不能发布它的岗位。"))
    refuse_discrimination({name: getattr(vacancy, name) for name in CHECKED_TEXTS})
    refuse_unless(vacancy.expires_on >= local_day(at), _("招聘截止日期已过，不能发布。"))
    vacancy = move(vacancy, "publish", by=by, at=at, checked_by=by, checked_at=at, refreshed_at=at, refusal_reason="")
    outbox.put("jobs.published", vacancy, at=at)
    return vacancy


@transaction.atomic
def refuse(vacancy: Vacancy, *, reason: str, by: Any, at: datetime) -> Vacancy:
    """Send a notice back with the reason."""
    require(policies.may_check(by, vacancy), _("只有当地的另一位工作人员可以审核这个岗位。"))
    refuse_unless(bool(reason.strip()), _("请写明不通过的原因。"), field="reason")
    vacancy = move(
        vacancy, "refuse", by=by, at=at, reason=reason, checked_by=by, checked_at=at, refusal_reason=reason[:300]
    )
    outbox.put("jobs.refused", vacancy, at=at)
    return vacancy


@transaction.atomic
def refresh(vacancy: Vacancy, *, by: Any, at: datetime) -> Vacancy:
    """Confirm that the job is still open, which moves it up the list; at most once a day."""
    require(policies.may_manage(by, vacancy), _("只有登记人可以刷新这个岗位。"))
    refuse_unless(at - vacancy.refreshed_at >= REFRESH_AFTER, _("今天已经刷新过，明天再来。"))
    return move(vacancy, "refresh", by=by, at=at, refreshed_at=at)


@transaction.atomic
def close(vacancy: Vacancy, *, reason: str, by: Any, at: datetime) -> Vacancy:
    """End a vacancy before its time; open offers end with it and whoever waits is told."""
    require(policies.may_manage(by, vacancy), _("只有登记人可以关闭这个岗位。"))
    vacancy = move(vacancy, "close", by=by, at=at, reason=reason)
    end_open_offers(vacancy)
    outbox.put("jobs.closed", vacancy, at=at)
    return vacancy


def end_open_offers(vacancy: Vacancy) -> int:
    """Offers of a vacancy that is over can no longer be accepted; the vacancy's audit entry tells why."""
    return Recommendation.objects.open().filter(vacancy=vacancy).update(state=RecommendationState.EXPIRED)


def expire_overdue(*, at: datetime) -> int:
    """Take vacancies past their last day off the list; may run twice. Returns how many."""
    done = 0
    for vacancy in Vacancy.objects.overdue(local_day(at)).order_by("pk").iterator(chunk_size=500):
        try:
            with transaction.atomic():
                vacancy = move(vacancy, "expire", by=None, at=at)
                end_open_offers(vacancy)
                outbox.put("jobs.closed", vacancy, at=at)
        except AlreadyMoved:
            continue
        done += 1
    return done
