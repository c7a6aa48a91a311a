"""Who sees a worker's row, and what of it."""

import pytest
from django.urls import reverse

from core.divisions import CITY
from core.errors import NotAllowed, Refusal
from workers import services
from workers.disputes.filing import office_of
from workers.enums import Source
from workers.indicators import BY_CODE, INDICATORS
from workers.models import Worker
from workers.presentation import shown_to

from .conftest import ID_NUMBER

LIST = reverse("admin:workers_worker_changelist")


@pytest.fixture
def told(worker, at):
    """王伟 with values that readers differ about."""
    stated = {"monthly_income": 623_400, "trade": "electrician", "residence_division": "500116"}
    services.record(worker, stated, source=Source.WORKER, by=worker.user, at=at)
    services.record(worker, {"poverty_monitoring": "3"}, source=Source.AGRICULTURE, by=None, at=at)
    worker.refresh_from_db()
    return worker


def sees(user):
    return list(Worker.objects.visible_to(user))


def test_who_sees_the_row(told, wang_wei, li_fang, du_gaotian, jiangjin_official, fengjie_official, city_official):
    assert sees(wang_wei) == sees(jiangjin_official) == sees(city_official) == [told]
    assert sees(li_fang) == sees(du_gaotian) == sees(fengjie_official) == []


def test_an_official_of_the_residence_sees_the_row_too(told, fengjie_official, at):
    services.record(told, {"residence_division": "500236"}, source=Source.POLICE, by=None, at=at)
    assert sees(fengjie_official) == [told]


@pytest.mark.parametrize("home", ["", "51"])
def test_whoever_has_no_place_in_the_city_is_the_citys(
    li_fang, du_gaotian, jiangjin_official, city_official, auditor, client_of, home, at
):
    """Somebody who registered by phone and said nothing yet, or only a home in another province."""
    row = services.for_user(li_fang, at=at)
    if home:
        services.record(row, {"hukou_division": home}, source=Source.WORKER, by=li_fang, at=at)
    assert sees(city_official) == sees(auditor) == sees(li_fang) == [row]
    assert sees(jiangjin_official) == sees(du_gaotian) == []
    assert office_of(row, Source.HUMAN_RESOURCES) == office_of(row, Source.POLICE) == CITY
    city, district = client_of(city_official), client_of(jiangjin_official)
    page = reverse("admin:workers_worker_change", args=[row.pk])
    assert [city.get(page).status_code, district.get(page).status_code] == [200, 404]
    for asked in ("", row.worker_no, "13800000002"):
        answers = [desk.post(LIST, {"q": asked}, follow=True) if asked else desk.get(LIST) for desk in (city, district)]
        assert (page in answers[0].text, page in answers[1].text) == (True, False), asked
    assert services.reveal(row, "mobile", reason="核对电话", by=city_official, at=at) == "13800000002"
    with pytest.raises(NotAllowed):
        services.reveal(row, "mobile", reason="核对电话", by=jiangjin_official, at=at)


def test_a_broker_sees_the_row_while_the_mandate_lives(told, du_gaotian, fengjie_broker, mandate, at):
    assert sees(du_gaotian) == [told]
    assert sees(fengjie_broker) == []
    services.end_mandate(mandate, by=told.user, at=at)
    assert sees(du_gaotian) == []


def words(user, worker, code, at):
    return shown_to(user, worker, BY_CODE[code], on=at.date())


def test_a_broker_reads_bands_and_not_the_rest(told, du_gaotian, mandate, at):
    assert words(du_gaotian, told, "full_name", at) == "王伟"
    assert words(du_gaotian, told, "birth_date", at) == "40–44 岁"
    assert words(du_gaotian, told, "monthly_income", at) == "¥6,000–¥7,000"
    for code in ("id_number", "mobile", "poverty_monitoring", "residence_division"):
        assert words(du_gaotian, told, code, at) == "＊＊＊", code


def test_the_phone_opens_to_a_broker_with_the_workers_grant(told, du_gaotian, mandate, at):
    services.grant_contact(told, broker=du_gaotian, occasion="jobs.application:1", by=told.user, at=at)
    assert words(du_gaotian, told, "mobile", at) == "13800000001"


def test_an_auditor_reads_nobodys_values(told, auditor, at):
    assert words(auditor, told, "full_name", at) == "王某"
    assert {words(auditor, told, row.code, at) for row in INDICATORS if row.number > 2} <= {"", "＊＊＊"}


def test_no_reader_can_rebuild_the_id_number(told, jiangjin_official, du_gaotian, auditor, mandate, at):
    """With the mask's head, the county, the birth date and the sex, 500 sequence numbers remain."""
    for user in (told.user, jiangjin_official, du_gaotian, auditor):
        text = " ".join(words(user, told, row.code, at) for row in INDICATORS)
        assert ID_NUMBER[-4:] not in text
        assert ID_NUMBER[3:] not in text


def test_revealing_needs_a_reason_and_is_noted_first(told, jiangjin_official, fengjie_official, auditor, at):
    with pytest.raises(Refusal, match="理由"):
        services.reveal(told, "id_number", reason=" ", by=jiangjin_official, at=at)
    for user in (fengjie_official, auditor, told.user):
        with pytest.raises(NotAllowed):
            services.reveal(told, "id_number", reason="核对工资表", by=user, at=at)
    assert services.reveal(told, "id_number", reason="核对工资表", by=jiangjin_official, at=at) == ID_NUMBER
    (entry,) = services.seen_by(told)
    assert (entry.verb, entry.reason, entry.actor_id) == ("workers.reveal", "核对工资表", jiangjin_official.pk)
    assert ID_NUMBER not in str(entry.data)


def test_nothing_is_shown_when_the_audit_cannot_be_written(told, jiangjin_official, at, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("audit table locked")

    monkeypatch.setattr("core.audit.record", broken)
    with pytest.raises(RuntimeError):
        services.reveal(told, "id_number", reason="核对工资表", by=jiangjin_official, at=at)


def test_looking_twice_on_a_day_is_noted_once(told, jiangjin_official, at):
    for _ in range(2):
        services.note_viewed(told, by=jiangjin_official, at=at, purpose="查看资料")
    services.note_viewed(told, by=told.user, at=at, purpose="查看资料")
    assert len(services.seen_by(told)) == 1
