"""Stating values: who may, what is written, what the history and the audit keep."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import audit
from core.errors import NotAllowed, Refusal
from workers import services
from workers.enums import Purpose, Source
from workers.indicators import BY_CODE
from workers.models import Act, JobIntent, Provenance, Statement, Worker
from workers.precedence import day_number
from workers.services.intents import TO_BE_RECOMMENDED
from workers.services.retracting import retract

from .conftest import ID_NUMBER


def source_of(worker, code):
    return Source(Provenance.objects.get(worker=worker).sources[BY_CODE[code].number - 1])


def state(worker, at, source=Source.WORKER, by=None, **values):
    return services.record(worker, values, source=source, by=by or worker.user, at=at)


def test_a_worker_states_what_is_theirs(worker, at):
    outcome = state(worker, at, trade="electrician", monthly_income=620_000)
    worker.refresh_from_db()
    assert outcome.changed == ("trade", "monthly_income")
    assert (worker.trade, worker.monthly_income_fen) == ("electrician", 620_000)
    assert source_of(worker, "trade") == Source.WORKER


def test_a_worker_cannot_state_what_a_department_provides(worker, at):
    with pytest.raises(Refusal, match=r"养老保险险种.*人社部门"):
        state(worker, at, pension_type="1")


def test_a_worker_cannot_replace_what_a_department_said(worker, at):
    services.record(worker, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    outcome = state(worker, at + timedelta(days=400), education="20")
    worker.refresh_from_db()
    assert outcome.kept == ("education",)
    assert worker.education == "70"
    assert source_of(worker, "education") == Source.EDUCATION


def test_nobody_speaks_for_another(worker, li_fang, du_gaotian, at):
    with pytest.raises(NotAllowed):
        state(worker, at, by=li_fang, trade="cook")
    with pytest.raises(NotAllowed):
        state(worker, at, source=Source.BROKER, by=du_gaotian, trade="cook")
    with pytest.raises(NotAllowed):
        state(worker, at, source=Source.EDUCATION, by=du_gaotian, education="20")


def test_a_broker_states_under_a_live_mandate_only(worker, mandate, du_gaotian, at):
    state(worker, at, source=Source.BROKER, by=du_gaotian, trade="cook")
    services.end_mandate(mandate, by=worker.user, at=at)
    with pytest.raises(NotAllowed):
        state(worker, at, source=Source.BROKER, by=du_gaotian, trade="carpenter")
    worker.refresh_from_db()
    assert worker.trade == "cook"


def test_a_mandate_for_jobs_alone_does_not_open_the_profile(worker, du_gaotian, at):
    services.grant_mandate(worker, du_gaotian, scope=["jobs"], evidence="sms", by=worker.user, at=at)
    with pytest.raises(NotAllowed):
        state(worker, at, source=Source.BROKER, by=du_gaotian, trade="cook")


def test_an_agreeing_value_leaves_the_wide_row_alone(worker, at):
    state(worker, at, trade="electrician")
    with CaptureQueriesContext(connection) as asked:
        outcome = state(worker, at + timedelta(days=3), trade="electrician")
    assert outcome.agreed == ("trade",)
    assert not [q["sql"] for q in asked.captured_queries if q["sql"].startswith('UPDATE "workers_worker"')]
    observed = Provenance.objects.get(worker=worker).observed[BY_CODE["trade"].number - 1]
    assert observed == day_number(at.date()) + 3


def test_only_changed_columns_are_written(worker, at):
    state(worker, at, trade="electrician")
    with CaptureQueriesContext(connection) as asked:
        state(worker, at, trade="cook")
    (update,) = [q["sql"] for q in asked.captured_queries if q["sql"].startswith('UPDATE "workers_worker"')]
    assert update.startswith('UPDATE "workers_worker" SET "trade" = \'cook\' WHERE')


def test_the_history_keeps_the_old_value_and_who_changed_it(worker, at):
    state(worker, at, trade="electrician")
    state(worker, at, trade="cook")
    said = [row.texts for row in Statement.objects.filter(worker=worker, numbers=[22]).order_by("act")]
    last = Act.objects.latest("pk")
    assert said == [["electrician"], ["cook"]]
    assert (last.source, last.actor_id, last.numbers) == (Source.WORKER, worker.user_id, [22])


def test_what_the_first_load_held_is_written_down_by_whoever_displaces_it(worker, at):
    place = BY_CODE["education"].number - 1
    Worker.objects.filter(pk=worker.pk).update(education="80")
    row = Provenance.objects.get(worker=worker)
    row.sources[place], row.observed[place] = Source.WORKER, day_number(at.date()) - 900
    row.save()
    services.record(worker, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    base = Statement.objects.get(worker=worker, act_id=0, numbers=[18])
    assert (base.texts, base.sources, base.days) == (["80"], [Source.WORKER], [day_number(at.date()) - 900])


def test_the_same_statement_twice_on_one_day_is_one(worker, at):
    state(worker, at, trade="electrician", job_intent={"wants_job": True, "trade": "cook"})
    before = Provenance.objects.get(worker=worker).acts
    state(worker, at, trade="electrician", job_intent={"wants_job": True, "trade": "cook"})
    assert Act.objects.filter(numbers__contains=[22]).count() == 1
    assert Provenance.objects.get(worker=worker).acts == before
    state(worker, at + timedelta(days=1), trade="electrician")
    assert Act.objects.filter(numbers__contains=[22]).count() == 2


def test_what_was_corrected_back_on_one_day_is_said_last(worker, at):
    """A department's value is shown meanwhile, so no change of the row tells the third statement from the first."""
    services.record(worker, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    for minutes, said in enumerate(["20", "60", "20"]):
        state(worker, at + timedelta(minutes=minutes), education=said)
    retract(
        worker, {"education": "70"}, source=Source.EDUCATION, observed_on=at.date(), by=None, at=at + timedelta(hours=1)
    )
    assert Worker.objects.get(pk=worker.pk).education == "20"


@pytest.mark.parametrize("who", ["li_fang", "worker", "du_gaotian", "nobody"])
def test_nobody_states_a_workers_yes_that_was_not_given(worker, mandate, du_gaotian, li_fang, at, who):
    by = {"li_fang": li_fang, "worker": worker.user, "du_gaotian": du_gaotian, "nobody": None}[who]
    with pytest.raises(NotAllowed):
        services.record(worker, {"trade": "cook"}, source=Source.BROKER_CONFIRMED, by=by, at=at)


def test_an_outranked_statement_is_kept_and_not_shown(worker, at):
    services.record(worker, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    state(worker, at, education="20")
    assert Statement.objects.filter(worker=worker, numbers=[18], texts=["20"], won=False).exists()
    worker.refresh_from_db()
    assert worker.education == "70"


def test_sealed_values_stand_nowhere_in_clear(worker, at):
    tables = ["workers_worker", "workers_statement", "workers_provenance", "core_auditentry", "core_outboxmessage"]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE ANY(%s)", [[f"%{ID_NUMBER}%", "%13800000001%"]]
            )
            assert cursor.fetchone() == (0,), table
    assert worker.id_number.open() == ID_NUMBER


def test_sex_birth_date_and_migration_type_are_computed(worker, at):
    assert (worker.sex, worker.birth_date.isoformat()) == ("1", "1983-04-12")
    for place, kind in {"500116001": "1", "500116002": "2", "500236": "3", "33": "4", "99": "5"}.items():
        state(worker, at, work_division=place)
        worker.refresh_from_db()
        assert worker.migration_type == kind, place
    assert source_of(worker, "migration_type") == Source.COMPUTED


def test_a_wrong_value_changes_nothing(worker, at):
    for values in ({"household_size": 0}, {"household_size": "x"}, {"trade": "wizard"}, {"work_division": "500999"}):
        with pytest.raises(Refusal):
            state(worker, at, marital_status="20", **values)
    worker.refresh_from_db()
    assert worker.marital_status == ""


def test_the_database_refuses_what_the_forms_would(worker):
    for column, value in {"sex": "7", "months_worked": 13, "hukou_division": "12345", "left_behind": ["9"]}.items():
        with pytest.raises(IntegrityError), transaction.atomic():
            Worker.objects.filter(pk=worker.pk).update(**{column: value})


def test_the_audit_names_indicators_and_no_values(worker, at):
    state(worker, at, trade="electrician")
    entry = audit.timeline(worker).last()
    assert (entry.verb, entry.data) == ("workers.record", {"source": 3, "indicators": [22]})


def test_a_wish_lands_on_the_narrow_table_only(worker, at):
    for purpose in TO_BE_RECOMMENDED:
        services.give_consent(worker, purpose, by=worker.user, at=at)
    with CaptureQueriesContext(connection) as asked:
        state(worker, at, job_intent={"wants_job": True, "trade": "electrician", "min_pay_fen": 600_000})
    assert not [q["sql"] for q in asked.captured_queries if q["sql"].startswith('UPDATE "workers_worker"')]
    intent = JobIntent.objects.get(worker=worker)
    assert (intent.home_district, intent.recommendable, intent.verified_on) == ("500116", True, at.date())
    assert JobIntent.objects.candidates().filter(worker=worker).exists()


def test_the_wish_follows_residence_skill_and_consent(worker, at):
    for purpose in TO_BE_RECOMMENDED:
        services.give_consent(worker, purpose, by=worker.user, at=at)
    state(worker, at, job_intent={"wants_job": True, "trade": "cook"}, residence_division="500236")
    services.record(worker, {"skill_level": "4"}, source=Source.HUMAN_RESOURCES, by=None, at=at)
    intent = JobIntent.objects.get(worker=worker)
    assert (intent.home_district, intent.skill_level) == ("500236", "4")
    services.withdraw_consent(worker, Purpose.RECOMMEND, by=worker.user, at=at)
    assert not JobIntent.objects.candidates().exists()


def test_confirming_refreshes_dates_and_nothing_else(worker, at):
    state(worker, at, trade="electrician")
    services.record(worker, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    with CaptureQueriesContext(connection) as asked:
        confirmed = services.confirm_unchanged(worker, None, by=worker.user, at=at + timedelta(days=30))
    assert confirmed == 3  # ID number, mobile, trade
    assert not [q["sql"] for q in asked.captured_queries if q["sql"].startswith('UPDATE "workers_worker"')]
    assert source_of(worker, "education") == Source.EDUCATION
