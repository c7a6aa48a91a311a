"""The officials' desk: what each may see and press, what a refusal says, and that counts equal SQL."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from core import audit
from wages import services
from wages.desk import numbers
from wages.models import Case, WageCode

from .conftest import PHONE, photo

pytestmark = pytest.mark.django_db


def address(case, rest="change/"):
    return f"/admin/wages/case/{case.pk}/{rest}"


@pytest.fixture
def desk(client_of, jiangjin_official):
    return client_of(jiangjin_official)


def test_an_official_of_another_district_finds_nothing(client_of, fengjie_official, fresh_case):
    client = client_of(fengjie_official)
    services.add_evidence(fresh_case, [photo()], by=None, at=timezone.now())
    evidence = fresh_case.evidence.get().pk
    for rest in ("change/", "decide/accept/", "phone/", f"evidence/{evidence}/", "letter/1/", "approval/1/approve/"):
        assert client.get(address(fresh_case, rest)).status_code == 404
        assert client.post(address(fresh_case, rest), {"note": "x", "reason": "x"}).status_code == 404
    assert fresh_case.number not in client.get("/admin/wages/case/").content.decode()
    assert f"/{fresh_case.pk}/change/" not in client.get(f"/admin/wages/case/?q={fresh_case.number}").content.decode()
    assert fresh_case.number not in client.get("/admin/").content.decode()
    assert Case.objects.get().state == "submitted"


def test_an_auditor_reads_and_decides_nothing(client_of, auditor, fresh_case):
    client = client_of(auditor)
    html = client.get(address(fresh_case)).content.decode()
    assert fresh_case.number in html and "decide/accept" not in html and "查看完整号码" not in html
    assert client.get("/admin/").status_code == client.get("/admin/wages/case/").status_code == 200
    assert "分派给" not in client.get("/admin/wages/case/").content.decode()
    for rest in ("decide/accept/", "phone/"):
        assert client.post(address(fresh_case, rest), {"reason": "x"}).status_code == 403
    assert client.get("/admin/wages/wagecode/add/").status_code == 403


def test_workers_brokers_and_visitors_do_not_reach_the_desk(client_of, client, wang_wei, du_gaotian, fresh_case):
    for browser in (client, client_of(wang_wei), client_of(du_gaotian)):
        for url in ("/admin/", address(fresh_case), address(fresh_case, "decide/accept/")):
            assert browser.get(url).status_code in (302, 403, 404)


def test_the_case_page_shows_facts_masked_and_the_law_compared(desk, fresh_case):
    html = desk.get(address(fresh_case)).content.decode()
    for word in (
        "行为发生或终了未满 2 年",
        "用人单位明确",
        "属本机构管辖",
        "受理并立案",
        "不予受理",
        "王某某",
        "154****0001",
    ):
        assert word in html
    assert PHONE not in html and "王小明" not in html


def test_a_decision_asks_and_then_calls_the_service(desk, fresh_case):
    assert desk.get(address(fresh_case, "decide/accept/")).status_code == 200
    page = desk.post(address(fresh_case, "decide/accept/"), {"note": "已电话核实"}, follow=True)
    assert "受理并立案" in page.content.decode() and Case.objects.get().state == "accepted"


def test_every_decision_can_be_opened_and_survives_an_empty_post(desk, investigating):
    from wages.decisions import TABLE

    for decision in TABLE:
        assert desk.get(address(investigating, f"decide/{decision.slug}/")).status_code == 200
        if decision.slug not in ("accept", "settle", "arbitration"):
            page = desk.post(address(investigating, f"decide/{decision.slug}/"), {})
            assert page.status_code in (200, 302)
    assert desk.get(address(investigating, "decide/nonsense/")).status_code == 404


def test_a_refusal_without_a_ground_stays_in_the_form(desk, fresh_case):
    page = desk.post(address(fresh_case, "decide/refuse/"), {"ground": ""})
    assert page.status_code == 200 and "errorlist" in page.content.decode()
    assert Case.objects.get().state == "submitted"


def test_picked_wordings_and_typed_words_make_the_letter(desk, fresh_case):
    desk.post(address(fresh_case, "decide/supplement/"), {"wordings": ["0", "2"], "note": "还有班组长电话"})
    text = fresh_case.documents.get().text
    assert "用人单位的全称" in text and "欠条" in text and "班组长电话" in text
    letter = desk.get(address(fresh_case, f"letter/{fresh_case.documents.get().pk}/")).content.decode()
    assert "王小明" in letter


def test_who_comes_second_is_told_on_the_page(desk, client_of, city_official, fresh_case):
    client_of(city_official).post(address(fresh_case, "decide/accept/"), {"note": ""})
    page = desk.post(address(fresh_case, "decide/refuse/"), {"ground": "not_wages"}, follow=True)
    assert "市级经办" in page.content.decode() and "已先行办理" in page.content.decode()


def test_the_full_number_needs_a_reason_and_is_on_record(desk, fresh_case):
    nothing = desk.post(address(fresh_case, "phone/"), {"reason": ""})
    assert "154 0000 0001" not in nothing.content.decode()
    shown = desk.post(address(fresh_case, "phone/"), {"reason": "约谈"})
    assert "154 0000 0001" in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert audit.timeline(fresh_case).last().verb == "reveal_phone"


def test_evidence_downloads_in_a_sandbox(desk, fresh_case):
    services.add_evidence(fresh_case, [photo()], by=None, at=timezone.now())
    response = desk.get(address(fresh_case, f"evidence/{fresh_case.evidence.get().pk}/"))
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
    response.close()
    assert "sandbox" in response["Content-Security-Policy"] and "attachment" in response["Content-Disposition"]


def test_a_second_official_signs_the_extension(desk, client_of, city_official, accepted):
    Case.objects.filter(pk=accepted.pk).update(close_by=timezone.localdate() + timedelta(days=9))
    desk.post(address(accepted, "decide/extend/"), {"wordings": ["0"], "note": ""})
    approval = accepted.approvals.get()
    assert desk.post(address(accepted, f"approval/{approval.pk}/approve/")).status_code == 403
    city = client_of(city_official)
    assert accepted.number in city.get("/admin/").content.decode()
    city.post(address(accepted, f"approval/{approval.pk}/approve/"))
    assert Case.objects.get(pk=accepted.pk).extended_at


def test_many_are_assigned_with_the_skipped_told(desk, jiangjin_official, filed, code):
    at = timezone.now()
    cases = [filed(at=at, code=code) for _ in range(4)]
    services.withdraw(cases[0], by=None, at=at)
    services.assign(cases[1], to=jiangjin_official, by=jiangjin_official, at=at)
    chosen = {"action": "assign_selected", "_selected_action": [case.pk for case in cases]}
    confirmation = desk.post("/admin/wages/case/", chosen).content.decode()
    assert "已结束" in confirmation and confirmation.count("可分派") == 3
    page = desk.post("/admin/wages/case/", {**chosen, "confirmed": "1", "to": jiangjin_official.pk}, follow=True)
    html = page.content.decode()
    assert "成功 2，跳过 2" in html and cases[0].number in html
    assert Case.objects.filter(assignee=jiangjin_official).count() == 3


def test_an_exact_mark_finds_its_case_and_nothing_else_does(desk, fresh_case, code):
    for mark in (fresh_case.number, PHONE, "+86 154 0000 0001", code.code):
        assert fresh_case.number in desk.get("/admin/wages/case/", {"q": mark}).content.decode()
    for mark in (fresh_case.number[:-1], "1540000", "王小明", "江津"):
        assert f"/{fresh_case.pk}/change/" not in desk.get("/admin/wages/case/", {"q": mark}).content.decode()


def test_the_six_numbers_equal_sql(city_official, jiangjin_official, filed, code):
    at = timezone.now()
    for days in (60, 40, 12, 3, 0):
        filed(at=at - timedelta(days=days), code=code)
    rows = list(Case.objects.order_by("pk"))
    services.refuse(rows[0], by=city_official, at=rows[0].submitted_at + timedelta(days=2), ground="not_wages")
    services.transfer(rows[1], by=city_official, at=rows[1].submitted_at + timedelta(days=30), target="housing")
    services.assign(rows[2], to=jiangjin_official, by=city_official, at=at)
    sql = """
        SELECT count(*) FILTER (WHERE closed_at IS NULL), count(*) FILTER (WHERE due_on = %(today)s),
               count(*) FILTER (WHERE due_on < %(today)s),
               count(*) FILTER (WHERE closed_at IS NULL AND assignee_id IS NULL),
               round(100.0 * count(*) FILTER (WHERE (closed_at AT TIME ZONE 'Asia/Shanghai')::date <= accept_by)
                     / count(*) FILTER (WHERE closed_at IS NOT NULL), 1)
        FROM wages_case WHERE division LIKE '500116%%'
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {"today": timezone.localdate(at)})
        expected = cursor.fetchone()
    found = numbers(jiangjin_official, at=at)
    assert (found.open, found.today, found.overdue, found.unassigned) == expected[:4]
    assert found.on_time == float(expected[4]) == 50.0
    assert found.days == 16.0


def test_the_first_screen_lists_my_work_by_deadline(desk, filed, code):
    at = timezone.now()
    late, new = filed(at=at - timedelta(days=20), code=code), filed(at=at, code=code)
    html = desk.get("/admin/").content.decode()
    assert html.index(late.number) < html.index(new.number)
    assert "超期" in html and "按期办结率（目标 96%）" in html


@pytest.mark.parametrize("url", ["/admin/", "/admin/wages/case/", "/admin/wages/wagecode/"])
def test_lists_ask_no_more_queries_when_they_grow(desk, url, filed, code, city_official, queries_do_not_grow):
    number = iter(range(2, 99))

    def add():
        for _ in range(4):
            case = filed(at=timezone.now(), code=code)
            services.assign(case, to=city_official, by=city_official, at=timezone.now())
            n = next(number)
            WageCode.objects.create(
                code=f"JJ-{n:04}",
                employer=code.employer,
                division="500116",
                issued_at=code.issued_at,
                issued_by=city_official,
                revoked_at=timezone.now(),
                revoked_by=city_official,
            )

    add()
    queries_do_not_grow(desk, url, add)


def test_codes_are_issued_in_the_own_district_only(client_of, desk, fengjie_official, project):
    page = client_of(fengjie_official).post("/admin/wages/wagecode/add/", {"project_code": project.code})
    assert "不负责这个区县" in page.content.decode() and not WageCode.objects.exists()
    desk.post("/admin/wages/wagecode/add/", {"project_code": project.code, "uscc": ""})
    code = WageCode.objects.get()
    assert code.project == project and re.fullmatch(r"JJ-\d{4}", code.code)
    again = desk.post("/admin/wages/wagecode/add/", {"project_code": project.code, "uscc": ""})
    assert "先停用旧码" in again.content.decode()
    desk.post(f"/admin/wages/wagecode/{code.pk}/revoke/", {"reason": "完工"})
    code.refresh_from_db()
    assert code.revoked_at


def wrong_fields(response):
    return set(response.context["form"].errors)


def test_what_cannot_be_issued_stands_at_its_field_and_writes_nothing(desk, client_of, fengjie_official, project):
    add, employer = "/admin/wages/wagecode/add/", project.general_contractor
    cases = [
        ({"project_code": "nonsense", "uscc": ""}, "project_code"),
        ({"project_code": "", "uscc": "91500116DEM0000099"}, "uscc"),
        ({"project_code": project.code, "uscc": employer.uscc}, "__all__"),
        ({}, "__all__"),
    ]
    for fields, wrong in cases:
        page = desk.post(add, fields)
        assert page.status_code == 200 and wrong_fields(page) == {wrong}
        assert all(value in page.content.decode() for value in fields.values())
    for fields, wrong in (({"project_code": project.code}, "project_code"), ({"uscc": employer.uscc}, "uscc")):
        assert wrong_fields(client_of(fengjie_official).post(add, fields)) == {wrong}
    assert not WageCode.objects.exists()
    desk.post(add, {"uscc": f" {employer.uscc.lower()} "})
    assert wrong_fields(desk.post(add, {"uscc": employer.uscc})) == {"uscc"}
    assert WageCode.objects.get().project is None


def test_looking_at_the_form_and_judging_it_issue_nothing(desk, project):
    from wages.admin.codes import IssueForm

    desk.get("/admin/wages/wagecode/add/")
    assert IssueForm({"project_code": project.code}).is_valid()
    assert not WageCode.objects.exists()


def test_a_code_is_found_by_exactly_its_mark_its_project_or_its_employer(desk, code, project):
    url = f"/admin/wages/wagecode/{code.pk}/change/"

    def found(mark):
        return url in desk.post("/admin/wages/wagecode/", {"q": mark}, follow=True).content.decode()

    marks = [code.code, code.code.lower().replace("-", " "), project.code, project.general_contractor.uscc.lower()]
    assert all(found(mark) for mark in marks)
    assert not any(found(mark) for mark in (code.code[:-1], project.code[:-1], "91500116", "双福", "%", "JJ"))


def test_stock_forms_cannot_change_or_delete_a_case(desk, fresh_case):
    desk.post(address(fresh_case), {"state": "closed_settled"})
    assert desk.post(address(fresh_case, "delete/")).status_code in (403, 404)
    assert Case.objects.get().state == "submitted"


def test_who_may_not_stop_a_code_is_not_offered_to(client_of, jiangjin_official, auditor, code):
    address = f"/admin/wages/wagecode/{code.pk}/change/"
    revoke = f"/admin/wages/wagecode/{code.pk}/revoke/"
    assert revoke in client_of(jiangjin_official).get(address).content.decode()
    shown = client_of(auditor).get(address).content.decode()
    assert code.code in shown and revoke not in shown and "Place" not in shown


def test_the_list_of_codes_is_narrowed_to_those_in_use_or_not(client_of, city_official, code, at):
    desk = client_of(city_official)

    def listed(answer):
        return code.code in desk.get(f"/admin/wages/wagecode/?in_use={answer}").text

    assert listed("yes") and not listed("no")
    services.revoke_code(code, reason="工地完工", by=city_official, at=at)
    assert listed("no") and not listed("yes")
