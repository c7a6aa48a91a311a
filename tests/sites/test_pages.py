"""The officials' pages of prevention, and the page on which workers see their own wages."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from core import outbox
from sites import kpi, services
from sites.enums import FactKind, Teller
from sites.files.profiles import PROFILES
from sites.models import Alert, Fact, PayrollFile, PayrollLine, WatchRule
from sites.watch import looking
from tests.workers.filed import id_number
from wages.models import Case, Draft

from .conftest import HEADER, MARCH, row, run, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def red(site, at, monkeypatch):
    """A red alert of 江津区. Celery's broker is not asked."""
    monkeypatch.setattr("sites.handlers.look_again.delay", lambda batch_id: None)
    monkeypatch.setattr("sites.handlers.run_file.delay", lambda batch_id: None)
    write(row(1, paid=0, on=""), at)
    looking.evaluate(MARCH, 10, at=at)
    return Alert.objects.get(rule__key="unpaid-10")


def test_a_file_goes_its_way_through_the_pages(site, jiangjin_official, client_of, at):
    browser = client_of(jiangjin_official)
    assert "表里要有的列" in browser.get("/admin/sites/payrollfile/upload/").text
    upload = SimpleUploadedFile("三月.csv", (HEADER + row(1) + row(2, days="99")).encode())
    answer = browser.post("/admin/sites/payrollfile/upload/", {"kind": "payroll", "teller": "1", "file": upload})
    batch = PayrollFile.objects.get()
    assert answer["Location"] == f"/admin/sites/payrollfile/{batch.pk}/change/"
    waiting = browser.get(answer["Location"])
    assert waiting["Refresh"] == "5" and "等待检查" in waiting.text
    run(batch, at)
    page = browser.get(answer["Location"]).text
    assert "退回 1 行" in page and "2026-03" in page and "写入" in page
    book = b"".join(browser.get(f"/admin/sites/payrollfile/{batch.pk}/returned/1/").streaming_content)
    assert "最多 31 天" in list(load_workbook(io.BytesIO(book)).active.values)[1][-1]
    browser.post(f"/admin/sites/payrollfile/{batch.pk}/decide/confirm/")
    run(batch, at)
    assert PayrollLine.objects.count() == 1 and "已写入" in browser.get(answer["Location"]).text
    again = SimpleUploadedFile("三月.csv", (HEADER + row(1) + row(2, days="99")).encode())
    answer = browser.post("/admin/sites/payrollfile/upload/", {"kind": "payroll", "teller": "1", "file": again})
    assert "已经导入过" in answer.text


@pytest.mark.parametrize("kind", ["payroll", "attend", "deposits"])
def test_a_sample_has_headings_that_are_understood(kind, jiangjin_official, client_of):
    browser = client_of(jiangjin_official)
    book = load_workbook(io.BytesIO(browser.get(f"/admin/sites/payrollfile/sample/{kind}.xlsx").content))
    rows = list(book.active.values)
    assert len(rows) == 2 and not PROFILES[kind].match(rows[0]).unknown
    assert browser.get(f"/admin/sites/payrollfile/sample/{kind}.csv").content.startswith(b"\xef\xbb\xbf")


def test_auditors_see_that_files_came_and_send_none(site, auditor, fengjie_official, client_of, at):
    batch = write(row(1), at)
    assert client_of(auditor).get(f"/admin/sites/payrollfile/{batch.pk}/change/").status_code == 200
    assert client_of(auditor).get("/admin/sites/payrollfile/upload/").status_code == 403
    assert client_of(fengjie_official).get(f"/admin/sites/payrollfile/{batch.pk}/change/").status_code == 404


def test_a_projects_page_shows_duties_months_facts_and_history(red, jiangjin_official, client_of, at):
    site, browser = red.project, client_of(jiangjin_official)
    url = f"/admin/sites/site/{site.pk}/"
    said = {"kind": "contract", "day": "2025-10-01", "yuan": "", "source": "合同 2025-1"}
    assert "请填金额" in browser.post(f"{url}facts/add/", said).text
    browser.post(f"{url}facts/add/", {**said, "yuan": "10000000"})
    fact = Fact.objects.get()
    assert (fact.fen, fact.recorded_by) == (1_000_000_000, jiangjin_official)
    page = browser.get(f"{url}change/").text
    for word in ("工资专用账户", "超期没做", "过 10 天还有人没有发", "2026-03", "合同 2025-1"):
        assert word in page
    browser.post(f"{url}facts/{fact.pk}/withdraw/", {"reason": "写错了合同"})
    page = browser.get(f"{url}change/").text
    assert "已撤回" in page and "算不出" in page


def test_a_fact_of_another_place_is_nobodys_to_change(site, fengjie_official, auditor, client_of):
    assert client_of(fengjie_official).get(f"/admin/sites/site/{site.pk}/change/").status_code == 404
    assert client_of(auditor).get(f"/admin/sites/site/{site.pk}/change/").status_code == 200
    assert client_of(auditor).post(f"/admin/sites/site/{site.pk}/facts/add/", {}).status_code == 403


def test_an_alert_is_known_of_reported_and_closed(red, jiangjin_official, client_of, at):
    browser, url = client_of(jiangjin_official), f"/admin/sites/alert/{red.pk}/"
    assert "过 10 天还有人没有发" in browser.get("/admin/sites/alert/").text
    page = browser.get(f"{url}change/").text
    assert "立即查处" in page and "符合规则的人数" in page and "第十四条" in page
    browser.post(f"{url}decide/acknowledge/", {"reason": "明天去现场"})
    browser.post(f"{url}decide/report/", {"reason": "第二次拖欠"})
    outbox.drain(at=timezone.now())
    case = Case.objects.get()
    assert (case.kind, case.project or case.site_name, case.headcount, case.amount_fen) == (
        "report",
        red.project.name,
        1,
        600_000,
    )
    assert "发薪日后 10 天" in case.facts.open() and case.division == "500116"
    assert case.number in browser.get(f"{url}change/").text
    outbox.drain(at=timezone.now())
    assert Case.objects.count() == 1
    browser.post(f"{url}decide/close/", {"reason": "已补发，查过流水"})
    red.refresh_from_db()
    assert (red.state, red.case_number) == ("closed", case.number)
    assert "过 10 天还有人没有发" not in browser.get("/admin/sites/alert/").text
    assert "过 10 天还有人没有发" in browser.get("/admin/sites/alert/?standing=closed").text


def test_rules_are_read_by_all_and_changed_by_the_city(jiangjin_official, city_official, auditor, client_of):
    rule = WatchRule.objects.get(key="many-unpaid-3")
    url = f"/admin/sites/watchrule/{rule.pk}/"
    assert "先试算，再启用" in client_of(jiangjin_official).get(f"{url}change/").text
    for stranger in (jiangjin_official, auditor):
        assert client_of(stranger).post(f"{url}decide/propose_switch/", {"reason": "启用"}).status_code == 403
    browser = client_of(city_official)
    browser.post(f"{url}decide/simulate/", {"months": "3"})
    assert "等待试算" in browser.get(f"{url}change/").text
    browser.post(f"{url}decide/propose_switch/", {"reason": "试算合理"})
    assert "等待复核" in browser.get(f"{url}change/").text
    browser.post(f"{url}decide/confirm_switch/")
    assert not WatchRule.objects.get(pk=rule.pk).is_on  # by the one who proposed


def test_the_lists_do_not_ask_more_when_they_grow(site, far_site, city_official, client_of, at, queries_do_not_grow):
    browser = client_of(city_official)
    looking.evaluate(MARCH, 3, at=at)
    queries_do_not_grow(browser, "/admin/sites/alert/", lambda: looking.evaluate(MARCH, 10, at=at))
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/admin/sites/site/").status_code == 200
    assert len(asked) < 25


def test_the_four_shares_count_projects_beside_their_targets(site, far_site, city_official, jiangjin_official, at):
    fact = {"source": "回单", "by": None, "at": at}
    services.record(site, FactKind.BOND, day=MARCH, fen=100, **fact)
    services.record(far_site, FactKind.BOND_TERMS, day=MARCH, terms="three_years", **fact)
    services.record(site, FactKind.ACCOUNT, day=MARCH, **fact)
    write(row(1), at)
    write(row(1, code="FJ001"), at, teller=Teller.CONTRACTOR)
    found = {share.key: (share.percent, share.target, share.misses) for share in kpi.shares(city_official, at=at)}
    assert found == {
        "bond": (100.0, 100, False),
        "account": (50.0, 85, True),
        "real_name": (0.0, 70, True),
        "paid_by": (50.0, 85, True),
    }
    assert {share.total for share in kpi.shares(jiangjin_official, at=at)} == {1}


@pytest.fixture
def paid(site, worker_of, wang_wei, at):
    """王伟's wages of two months: February in full, half of March, which the contractor calls full."""
    worker = worker_of(1)
    worker.user = wang_wei
    worker.save()
    write(row(1, month="2026-02", on="2026-03-13") + row(1, paid=3000) + row(2), at)
    write(row(1), at, teller=Teller.CONTRACTOR)
    return worker


def test_a_worker_sees_what_the_files_say_of_them_and_of_nobody_else(paid, wang_wei, li_fang, client_of):
    page = client_of(wang_wei).get("/me/wages/").text
    for word in ("2026 年 3 月", "¥3,000.00", "¥6,000.00", "没有发足", "已发足", "银行和单位说的不一样", "22 天"):
        assert word in page
    assert page.count("安置房一期") == 4  # each month's heading, and its button for those who hear it
    assert "¥" not in client_of(li_fang).get("/me/wages/").text


def test_a_stranger_who_registers_finds_the_wages_of_before(site, worker_of, wang_wei, client_of, at):
    write(row(5), at)
    worker = worker_of(5)
    worker.user = wang_wei
    worker.save()
    assert "¥6,000.00" in client_of(wang_wei).get("/me/wages/").text


def test_this_is_wrong_begins_a_complaint_with_employer_project_and_months(paid, wang_wei, li_fang, client_of):
    said = {"project": "JJ001", "month": "2026-03"}
    assert client_of(li_fang).post("/wages/complain/from-wages/", said).status_code == 404
    answer = client_of(wang_wei).post("/wages/complain/from-wages/", said)
    assert answer["Location"] == "/wages/complain/owed/"
    draft = Draft.objects.get()
    assert (draft.site_name, draft.employer_name) == ("JJ001 安置房一期", "重庆晨晖建设工程有限公司")
    assert (draft.owed_months, draft.amount_fen, draft.division) == ([MARCH], 300_000, "500116")
    for wrong in ({"project": "JJ001", "month": "2026-1300"}, {"project": "XX", "month": "2026-03"}, {}):
        assert client_of(wang_wei).post("/wages/complain/from-wages/", wrong).status_code == 404
    assert id_number(1) not in client_of(wang_wei).get("/me/wages/").text
