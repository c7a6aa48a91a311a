"""口头投诉: an official types, the complainant's code or signature stands behind it, and who typed does not accept."""

import pytest
from django.utils import timezone

from accounts import sms
from accounts.models import PhoneCode
from core.errors import NotAllowed, Refusal
from wages import services
from wages.enums import CaseState, Channel, ProofOfWord
from wages.models import Case, Draft, Intake

from .conftest import PHONE, photo

ORAL = "/admin/wages/case/oral/"


def said(**changes):
    """What the form posts."""
    today = timezone.localdate()
    month = f"{today.year}-{today.month:02}"
    return {
        "channel": "phone",
        "phone": PHONE,
        "field_type": "construction",
        "employer_name": "某包工头",
        "site_name": "德感物流园",
        "division": "500116",
        "owed_months": [month],
        "amount": "12600",
        "work_from": month,
        "work_to": "still",
        "contract": "no",
        "facts": "一直没发。",
        "kind": "complaint",
        "name": "王小明",
        "group": "alone",
        "other_route": "none",
        **changes,
    }


@pytest.fixture
def desk(client_of, jiangjin_official):
    return client_of(jiangjin_official)


@pytest.fixture
def typed(desk):
    """Page one is done; the address of page two."""
    answer = desk.post(ORAL, said())
    assert answer.status_code == 302, answer.context["whole"].forms[0].errors
    return answer.headers["Location"]


def newest_code():
    return sms.text_about("code", PhoneCode.objects.latest("sent_at").uuid)[4:10]


def filed_by_code(desk, page):
    desk.post(page, {"action": "send"})
    return desk.post(page, {"action": "file", "code": newest_code()})


def test_the_whole_way_by_code(desk, typed, jiangjin_official):
    page = desk.get(typed).content.decode()
    assert "某包工头" in page and "王小明" in page
    filed_by_code(desk, typed)
    case = Case.objects.get()
    assert case.name.open() == "王小明" and case.phone.open() == PHONE
    intake = Intake.objects.get()
    assert (intake.case, intake.entered_by, intake.proof) == (case, jiangjin_official, ProofOfWord.CODE)
    assert case.receipt.number == case.number
    assert "工作人员代为录入" in desk.get(f"/admin/wages/case/{case.pk}/change/").content.decode()
    assert not Draft.objects.exists()


def test_every_wrong_answer_is_said_at_once(desk):
    page = desk.post(ORAL, said(amount="", division="", phone="1"))
    body = page.content.decode()
    assert page.status_code == 200
    assert "请填写金额" in body and "请选区县" in body and "11 位手机号" in body
    assert not Draft.objects.exists()


def test_a_wage_code_answers_where(desk, code):
    answer = desk.post(ORAL, said(code=code.code, employer_name="", division="", field_type=""))
    assert answer.status_code == 302
    assert Draft.objects.get().employer_name == code.employer.name


def test_the_code_says_what_it_is_for_and_dies_with_a_change(desk, typed):
    desk.post(typed, {"action": "send"})
    text = sms.text_about("code", PhoneCode.objects.latest("sent_at").uuid)
    assert "按你说的登记欠薪投诉" in text and len(text) <= 70
    code = newest_code()
    desk.post(typed.replace("check/", ""), said(amount="99999"))
    page = desk.post(typed, {"action": "file", "code": code})
    assert "发码以后内容改过" in page.content.decode()
    assert not Case.objects.exists()


def test_a_signed_record_does_at_the_window_and_binds_no_account(desk, typed, wang_wei):
    from accounts import phones

    wang_wei.phone, wang_wei.phone_index = PHONE, phones.index(PHONE)
    wang_wei.save()
    record = desk.get(typed.replace("check/", "record/")).content.decode()
    assert "口头投诉笔录" in record and "王小明" in record and "签名" in record
    desk.post(typed, {"action": "record", "record": photo()})
    case = Case.objects.get()
    assert case.user is None  # a number that was only said proves nobody
    assert case.intake.proof == ProofOfWord.RECORD
    assert case.intake.record in case.evidence.all()


def test_possible_repeats_are_shown_before_filing_and_stop_nothing(desk, filed):
    earlier = filed(at=timezone.now())
    page = desk.post(ORAL, said(), follow=True)
    body = page.content.decode()
    assert "可能重复" in body and earlier.number in body and "同一手机号" in body
    filed_by_code(desk, page.request["PATH_INFO"])
    assert Case.objects.count() == 2


def test_who_typed_does_not_accept_or_refuse_but_a_colleague_does(desk, typed, jiangjin_official, city_official):
    filed_by_code(desk, typed)
    case, at = Case.objects.get(), timezone.now()
    with pytest.raises(NotAllowed, match="另一名工作人员"):
        services.accept(case, by=jiangjin_official, at=at)
    with pytest.raises(NotAllowed, match="另一名工作人员"):
        services.refuse(case, by=jiangjin_official, at=at, ground="over_two_years")
    assert services.accept(case, by=city_official, at=at).state == CaseState.ACCEPTED


def test_where_nobody_else_is_the_one_official_accepts(desk, typed, jiangjin_official):
    filed_by_code(desk, typed)
    assert services.accept(Case.objects.get(), by=jiangjin_official, at=timezone.now()).state == CaseState.ACCEPTED


def test_one_types_for_any_district_and_the_office_there_has_it(desk):
    page = desk.post(ORAL, said(division="500236")).headers["Location"]
    answer = filed_by_code(desk, page)
    assert answer.headers["Location"] == "/admin/wages/case/"
    assert Case.objects.get().division == "500236"


def test_nobody_else_sees_what_is_being_typed(typed, client_of, fengjie_official, city_official, auditor, wang_wei):
    for other in (fengjie_official, city_official):
        assert client_of(other).get(typed).status_code == 404
    assert client_of(auditor).get(typed).status_code == 403
    assert client_of(wang_wei).get(typed).status_code in (302, 403)


def test_workers_and_brokers_type_for_nobody_this_way(wang_wei, du_gaotian, at):
    for person in (wang_wei, du_gaotian):
        with pytest.raises(NotAllowed):
            services.begin_for(channel=Channel.WINDOW, code=None, by=person, at=at)


def test_a_draft_is_filed_once(desk, typed, jiangjin_official):
    draft = Draft.objects.get()
    filed_by_code(desk, typed)
    with pytest.raises(Refusal, match="已经提交过"):
        services.file_on_record(draft, photo(), by=jiangjin_official, at=timezone.now())
    assert Case.objects.count() == 1


def test_the_case_page_says_who_typed_and_offers_the_typist_no_acceptance(desk, typed, client_of, city_official):
    filed_by_code(desk, typed)
    page = f"/admin/wages/case/{Case.objects.get().pk}/change/"
    own, other = desk.get(page).content.decode(), client_of(city_official).get(page).content.decode()
    assert "江津经办 录入" in own and "本人手机验证码" in own
    assert "/decide/accept/" not in own and "/decide/refuse/" not in own and "/decide/supplement/" in own
    assert "/decide/accept/" in other
