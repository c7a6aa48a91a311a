"""The law's numbers come from the parameters in force: in limits, letters, forms and pages."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core import parameters
from core.errors import Refusal
from core.models import Parameter
from wages import letters, services
from wages.enums import DocumentKind, RefusalGround

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("percent", "allowed"), [(49, False), (50, True), (100, True), (101, False), (None, True)])
def test_the_extra_pay_keeps_within_the_laws_range(investigating, jiangjin_official, at, percent, allowed):
    facts = {"by": jiangjin_official, "at": at + timedelta(days=9), "reason": "x", "amount_fen": 100}
    if not allowed:
        with pytest.raises(Refusal, match="50% 到 100%") as refused:
            services.propose_decision(investigating, extra_percent=percent, **facts)
        assert refused.value.field == "extra_percent"
    else:
        assert services.propose_decision(investigating, extra_percent=percent, **facts).extra_percent == percent


def test_a_changed_law_changes_letters_forms_and_limits(
    investigating, jiangjin_official, city_official, at, client_of, client
):
    today = timezone.localdate()
    for key, value in {
        "extra_percent_least": 20,
        "extra_percent_most": 300,
        "review_days": 90,
        "limitation_years": 3,
        "accept_workdays": 7,
        "collective_people": 12,
        "arbitration_years": 2,
    }.items():
        row = Parameter(key=f"wages.{key}", valid_from=today, value=value, title="新", source="新法")
        parameters.add(row, by=city_official, at=timezone.now())
    services.propose_decision(
        investigating, by=jiangjin_official, at=timezone.now(), reason="x", amount_fen=1, extra_percent=300
    )
    desk = client_of(city_official)
    base = f"/admin/wages/case/{investigating.pk}/decide"
    assert "20 到 300" in desk.get(f"{base}/propose_decision/").content.decode()
    assert "在 3 年内" in desk.get(f"{base}/refuse/").content.decode()
    assert "7 个工作日内" in client.get("/wages/").content.decode()
    assert "2 年内提出" in client.get("/wages/late/").content.decode()
    ordered = services.order(
        investigating,
        by=jiangjin_official,
        at=timezone.now(),
        amount_fen=1,
        pay_by=timezone.localdate() + timedelta(days=9),
    )
    assert "20% 以上 300% 以下" in ordered.documents.get(kind=DocumentKind.ORDER).text
    client.post("/wages/complain/", {"new": "1"})
    assert "12 人以上请推选 3 到 5 名代表" in client.get("/wages/complain/you/").content.decode()


def test_a_letter_keeps_the_versions_that_its_numbers_came_from(investigating, jiangjin_official, city_official, at):
    proposal = services.propose_decision(
        investigating, by=jiangjin_official, at=at, reason="x", amount_fen=1, extra_percent=60
    )
    services.approve(proposal, by=city_official, at=at + timedelta(days=1))
    rule = investigating.documents.get(kind=DocumentKind.DECISION).rule
    assert rule == "wages.extra_percent_least@2004-12-01 wages.extra_percent_most@2004-12-01"


def test_every_ground_and_every_letter_can_be_said(investigating):
    from wages import law

    day = date(2026, 3, 9)
    words = law.grounds(day)
    assert list(words) == RefusalGround.values and not any("{" in said for said in words.values())
    investigating.pay_by, investigating.paid_now_fen = day, 1
    for kind in DocumentKind:
        words = letters.compose(kind, investigating, on=day, ground="某处", amount_fen=1, extra_percent=50)
        assert words and "{" not in words


@pytest.mark.parametrize("read", ["grounds", "collective", "extra_pay"])
def test_what_a_form_names_is_read_at_once(read, django_assert_num_queries):
    from wages import law

    with django_assert_num_queries(1):
        getattr(law, read)(timezone.localdate())
