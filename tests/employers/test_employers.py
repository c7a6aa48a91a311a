"""Employers: codes, verification by somebody else, standing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core import audit, outbox
from core.errors import NotAllowed, Refusal
from core.transitions import AlreadyMoved
from employers import demo, rules, services
from employers.enums import ArrearsStanding, EmployerState
from employers.models import Employer, Project

REAL = "9144030071526726XG"


def register(by, at, number=1, district="500116", **details):
    details = {"name": "重庆晨晖建设工程有限公司", "legal_representative": "王建国"} | details
    code = details.pop("uscc", demo.synthetic_uscc(district, number))
    return services.register(uscc=code, district=district, by=by, at=at, **details)


def test_a_real_code_passes_and_its_neighbours_do_not():
    assert rules.uscc_is_valid(REAL)
    for place, old in enumerate(REAL):
        for new in "05AX":
            if new != old:
                assert not rules.uscc_is_valid(REAL[:place] + new + REAL[place + 1 :]), (place, new)


@pytest.mark.parametrize("code", ["", REAL[:-1], REAL + "0", REAL.lower(), "I" * 18, "９" * 18])
def test_malformed_codes_are_refused(code):
    assert not rules.uscc_is_valid(code)


def test_a_village_collective_has_a_letter_in_front():
    body = "N1500116MA5U1A2B3"
    code = body + next(ch for ch in "0123456789ABCDEFGHJKLMNPQRTUWXY" if rules.uscc_is_valid(body + ch))
    assert rules.uscc_is_valid(code)


def test_spellings_are_forgiven(du_gaotian, at):
    employer = register(du_gaotian, at, uscc=" 9144 0300 7152 6726 xg ")
    assert employer.uscc == REAL


def test_a_code_is_registered_once(du_gaotian, jiangjin_official, at):
    register(du_gaotian, at)
    with pytest.raises(Refusal, match="已经登记"):
        register(jiangjin_official, at)


def test_a_wrong_code_names_its_field(du_gaotian, at):
    with pytest.raises(Refusal) as refused:
        register(du_gaotian, at, uscc="914403007152672611")
    assert refused.value.field == "uscc"


def test_only_brokers_and_officials_of_the_district_register(du_gaotian, wang_wei, auditor, at):
    for user, district in ((wang_wei, "500116"), (auditor, "500116"), (du_gaotian, "500236")):
        with pytest.raises(NotAllowed):
            register(user, at, district=district)


def test_another_person_verifies(du_gaotian, jiangjin_official, at):
    employer = services.verify(register(du_gaotian, at), by=jiangjin_official, at=at)
    assert (employer.state, employer.decided_by) == (EmployerState.VERIFIED, jiangjin_official)
    later = at + timedelta(hours=3)
    outbox.drain(at=later)
    notice = du_gaotian.notices.get()
    assert ("已核验" in notice.text, notice.created_at) == (True, later)


def test_nobody_verifies_what_they_registered(jiangjin_official, at):
    employer = register(jiangjin_official, at)
    with pytest.raises(Refusal, match="登记人"):
        services.verify(employer, by=jiangjin_official, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Employer.objects.filter(pk=employer.pk).update(decided_by=jiangjin_official, decided_at=at)


def test_another_district_decides_nothing(du_gaotian, fengjie_official, auditor, at):
    employer = register(du_gaotian, at)
    for user in (fengjie_official, auditor, du_gaotian):
        with pytest.raises(NotAllowed):
            services.verify(employer, by=user, at=at)


def test_a_refusal_needs_its_reason_and_tells_it(du_gaotian, jiangjin_official, at):
    employer = register(du_gaotian, at)
    with pytest.raises(Refusal, match="原因"):
        services.refuse(employer, reason=" ", by=jiangjin_official, at=at)
    services.refuse(employer, reason="名称不符", by=jiangjin_official, at=at)
    outbox.drain(at=at)
    assert "名称不符" in du_gaotian.notices.get().text


def test_the_second_official_is_told_who_decided(du_gaotian, jiangjin_official, city_official, at):
    employer = register(du_gaotian, at)
    services.verify(employer, by=jiangjin_official, at=at)
    with pytest.raises(AlreadyMoved, match="江津经办"):
        services.verify(employer, by=city_official, at=at)


def test_a_verified_employer_knows_when(du_gaotian, at):
    employer = register(du_gaotian, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Employer.objects.filter(pk=employer.pk).update(state=EmployerState.VERIFIED)


def test_who_sees_an_unverified_employer(du_gaotian, fengjie_broker, jiangjin_official, fengjie_official, wang_wei, at):
    employer = register(du_gaotian, at)
    for user in (du_gaotian, jiangjin_official):
        assert employer in Employer.objects.visible_to(user)
    for user in (fengjie_broker, fengjie_official, wang_wei):
        assert employer not in Employer.objects.visible_to(user)


def test_arrears_are_noted_once(du_gaotian, jiangjin_official, at):
    employer = register(du_gaotian, at)
    for _ in range(2):
        services.record_standing(employer, ArrearsStanding.OPEN, by=jiangjin_official, at=at)
    assert [entry.verb for entry in audit.timeline(employer)] == ["employers.register", "employers.standing"]


def test_a_project_is_registered_once(du_gaotian, at):
    employer = register(du_gaotian, at)
    details = {
        "general_contractor": employer,
        "developer_name": "江津城投",
        "regulator_name": "江津区住房城乡建委",
        "address": "滨江大道1号",
        "labour_manager_name": "陈国平",
        "labour_manager_phone": "023-00001234",
        "pay_day": 15,
    }
    services.register_project(code="P1", name="安置房", division="500116", by=du_gaotian, at=at, **details)
    with pytest.raises(Refusal, match="已经登记"):
        services.register_project(code="P1", name="安置房", division="500116", by=du_gaotian, at=at, **details)
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.update(pay_day=32)


def test_the_demo_is_synthetic_valid_and_seeded_once(city_official, at):
    city_official.username = "city"
    city_official.save()
    for _ in range(2):
        demo.seed(rng_seed=1, at=at, scale=1)
    assert (Employer.objects.count(), Project.objects.count()) == (demo.EMPLOYERS, demo.PROJECTS)
    for employer in Employer.objects.all():
        assert rules.uscc_is_valid(employer.uscc)
        assert employer.uscc[8:11] == "DEM"
        assert employer.name.endswith("（演示）")
    assert {"500116", "500236"} <= set(Project.objects.values_list("division", flat=True))


def test_an_official_decides_in_the_admin(du_gaotian, jiangjin_official, fengjie_official, client_of, at):
    employer = register(du_gaotian, at)
    url = f"/admin/employers/employer/{employer.pk}/decide/refuse/"
    assert client_of(fengjie_official).post(url, {"reason": "不符"}).status_code == 404
    client = client_of(jiangjin_official)
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "名称不符"}).status_code == 302
    employer.refresh_from_db()
    assert employer.state == EmployerState.REFUSED
    assert "名称不符" in client.get(f"/admin/employers/employer/{employer.pk}/change/").content.decode()


def test_an_official_registers_in_the_admin(jiangjin_official, client_of, at):
    client = client_of(jiangjin_official)
    data = {"uscc": REAL.lower(), "name": "某公司", "legal_representative": "王建国", "district": "500116"}
    wrong = client.post("/admin/employers/employer/add/", data | {"uscc": REAL[:-1] + "0"})
    assert "统一社会信用代码不对" in wrong.content.decode()
    assert client.post("/admin/employers/employer/add/", data).status_code == 302
    assert Employer.objects.get().registered_by == jiangjin_official


def test_what_the_register_refuses_stands_at_its_field_with_everything_typed(
    jiangjin_official, du_gaotian, client_of, at, monkeypatch
):
    register(du_gaotian, at, uscc=REAL)
    # somebody else registers the same code between the form's check and the service's
    monkeypatch.setattr(Employer, "validate_unique", lambda self, exclude=None: None)
    data = {"uscc": REAL, "name": "某公司", "legal_representative": "王建国", "district": "500116"}
    data["address"] = "滨江路1号"
    answer = client_of(jiangjin_official).post("/admin/employers/employer/add/", data)
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    assert form.errors == {"uscc": ["这家单位已经登记过了。"]}
    assert 'value="滨江路1号"' in answer.content.decode()
    assert Employer.objects.count() == 1
