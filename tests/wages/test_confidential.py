"""不让单位知道名字: nothing that an employer gets names a person who asked for it, nor the complaint's number."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core import audit
from core.errors import Refusal
from wages import confidentiality, services
from wages.confidentiality import Person
from wages.enums import ApprovalKind, Kind
from wages.models import Approval, Case, Claimant, Document

from .conftest import PHONE

NAME = "王小明"
OPEN_PEOPLE = [Person("王小明", False), Person("李大勇", False, 2)]


def test_the_running_text_counts_and_names_nobody():
    assert confidentiality.in_words([Person(NAME, True)]) == "某某（1 人）"
    assert confidentiality.in_words([Person(NAME, False)]) == "某某（1 人）"
    assert confidentiality.in_words(OPEN_PEOPLE) == "某某等 3 人"
    assert confidentiality.in_words([]) == "某某（1 人）"


def test_a_list_of_names_is_there_only_while_nobody_asks_to_be_left_out():
    assert confidentiality.names(OPEN_PEOPLE) == ["王小明", "李大勇"]
    assert confidentiality.names([*OPEN_PEOPLE, Person("赵一", True)]) == []
    assert confidentiality.names([Person("", False)]) == []


def test_a_name_in_an_officials_own_words_is_found_however_it_is_spaced():
    assert confidentiality.named_in("请付给王 小\n明。", [Person(NAME, True)]) == [NAME]
    assert confidentiality.named_in("请付给王小明。", [Person(NAME, False)]) == []


@pytest.fixture
def unnamed(filed, at, code):
    """A complaint whose person asked for it."""
    return filed(at=at, code=code, confidential=True)


def ordered(case, official, at, **more):
    step = timedelta(days=1)
    case = services.accept(case, by=official, at=at + step)
    second = more.pop("second")
    case = services.investigate(case, by=official, at=at + 2 * step, second_inspector=second)
    arguments = {"amount_fen": 12_600_00, "pay_by": (at + 20 * step).date(), **more}
    return services.order(case, by=official, at=at + 3 * step, **arguments)


def paper_of(client_of, official, case, letter):
    return client_of(official).get(f"/admin/wages/case/{case.pk}/letter/{letter.pk}/").content.decode()


def body_of(page):
    """The letter itself; the page around it is the official's."""
    return page[page.index("<article") : page.index("</article>")]


def test_filing_keeps_the_wish_and_a_report_is_always_so(unnamed, filed, at):
    assert unnamed.claimants.get().confidential
    report = filed(at=at, kind=Kind.REPORT)
    assert report.claimants.get().confidential
    assert not filed(at=at).claimants.get().confidential


def test_an_order_names_nobody_and_carries_no_complaint_number(
    unnamed, jiangjin_official, jiangjin_inspector, at, client_of
):
    case = ordered(unnamed, jiangjin_official, at, second=jiangjin_inspector)
    letter = Document.objects.get(case=case, kind="order")
    assert NAME not in letter.text and "某某（1 人）" in letter.text
    printed = body_of(paper_of(client_of, jiangjin_official, case, letter))
    assert NAME not in printed and case.number not in printed and PHONE[-4:] not in printed
    assert "付款名单" not in printed


def test_a_decision_names_nobody(unnamed, jiangjin_official, jiangjin_inspector, city_official, at, client_of):
    case = ordered(unnamed, jiangjin_official, at, second=jiangjin_inspector)
    services.propose_decision(
        case,
        by=jiangjin_official,
        at=at + timedelta(days=30),
        reason="逾期未付",
        amount_fen=12_600_00,
        extra_percent=50,
    )
    approval = Approval.objects.get(kind=ApprovalKind.DECISION)
    services.approve(approval, by=city_official, at=at + timedelta(days=31))
    letter = Document.objects.get(case=case, kind="decision")
    printed = body_of(paper_of(client_of, jiangjin_official, case, letter))
    assert NAME not in letter.text + printed and "某某（1 人）" in printed and case.number not in printed


def test_who_did_not_ask_is_on_the_payment_list_only(case, jiangjin_official, jiangjin_inspector, at, client_of):
    case = ordered(case, jiangjin_official, at, second=jiangjin_inspector)
    letter = Document.objects.get(case=case, kind="order")
    assert NAME not in letter.text
    assert f"付款名单：{NAME}" in body_of(paper_of(client_of, jiangjin_official, case, letter))


def test_an_official_cannot_write_the_name_into_the_order(unnamed, jiangjin_official, jiangjin_inspector, at):
    with pytest.raises(Refusal, match="某某"):
        ordered(unnamed, jiangjin_official, at, second=jiangjin_inspector, note="请把王小明的钱付清。")
    assert not Document.objects.filter(kind="order").exists()


@pytest.mark.parametrize("path", ["", "poster/"])
def test_the_page_and_the_poster_of_the_site_name_nobody(client, unnamed, code, path):
    page = client.get(f"/wages/code/{code.code}/{path}").content.decode()
    assert NAME not in page and unnamed.number not in page


def test_the_complainants_own_letters_still_carry_number_and_name(unnamed, jiangjin_official, at, client_of):
    services.accept(unnamed, by=jiangjin_official, at=at + timedelta(days=1))
    letter = Document.objects.get(kind="accepted")
    printed = body_of(paper_of(client_of, jiangjin_official, unnamed, letter))
    assert NAME in printed and unnamed.number in printed


def test_officials_are_told_on_the_case_page(unnamed, jiangjin_official, client_of):
    page = client_of(jiangjin_official).get(f"/admin/wages/case/{unnamed.pk}/change/").content.decode()
    assert "1 人要求：文书、电话里都不能提名字和投诉编号" in page


def test_only_the_person_lifts_it_and_it_is_on_record(unnamed, at):
    services.agree_named(unnamed, by=None, at=at)
    assert not Claimant.objects.get().confidential
    assert "agree_named" in audit.timeline(unnamed).values_list("verb", flat=True)
    with pytest.raises(Refusal, match="已经同意过"):
        services.agree_named(unnamed, by=None, at=at)
    services.ask_confidential(unnamed, by=None, at=at)
    assert Claimant.objects.get().confidential


def test_a_report_is_never_lifted(db, filed, at):
    with pytest.raises(Refusal, match="一直保密"):
        services.agree_named(filed(at=at, kind=Kind.REPORT), by=None, at=at)


def test_one_of_a_group_speaks_for_themselves_only(unnamed, at):
    Case.objects.update(headcount=2)
    case = Case.objects.get()
    Claimant.objects.create(case=case, origin=case, place=2, confidential=True, claimed_fen=1, filed_at=at)
    services.agree_named(case, by=None, at=at)
    assert list(Claimant.objects.order_by("place").values_list("confidential", flat=True)) == [False, True]
    assert confidentiality.names(services.unnamed.people_of(case)) == []


def test_the_page_asks_for_a_code_first_and_one_tap_lifts_it(filed, code, client_of, wang_wei):
    case = filed(at=timezone.now(), code=code, by=wang_wei, phone="13800000001", confidential=True)
    stranger = Client()
    stranger.post("/wages/status/", {"number": case.number, "phone_last4": "0001"})
    assert "/verify/" in stranger.get(f"/wages/status/{case.number}/named/").headers["Location"]
    own = client_of(wang_wei)
    page = own.get(f"/wages/status/{case.number}/named/").content.decode()
    assert "现在：单位不知道是你" in page
    from .conftest import rendered

    own.post(f"/wages/status/{case.number}/named/", rendered(answer="named"))
    assert not Claimant.objects.get().confidential
