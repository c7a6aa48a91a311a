"""A copy of one's data, who looked, closing the account, erasure by two officials."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from accounts import codes
from accounts.models import Notice, PhoneCode, SmsMessage, User
from core import audit, outbox
from core.crypto import blind_index
from core.divisions import name_of
from core.errors import NotAllowed, Refusal
from core.models import AuditEntry
from workers import services
from workers.disputes import filing
from workers.enums import Purpose, Source
from workers.indicators import BY_CODE
from workers.models import Consent, ContactGrant, Dispute, ErasureRequest, Mandate, Provenance, Statement, Worker
from workers.rights import closing, copying, erasing, looking

from .conftest import ID_NUMBER


def prove(browser, matter):
    """Ask for a code and type it, as the person does."""
    url = reverse("workers:prove", args=[matter])
    browser.post(url, {"action": "send"})
    code = SmsMessage.objects.filter(event="code").latest("pk").text.open().split("验证码 ")[1][:6]
    return browser.post(url, {"code": code})


@pytest.fixture
def me(worker, client_of):
    return client_of(worker.user)


def test_the_copy_has_stable_keys_and_codes_with_labels(worker, at):
    services.record(worker, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    copy = copying.copy_for(worker.user, by=worker.user, at=at, opened=False)
    assert copy["format"] == "yugongtong.my-data/1"
    row = copy["tables"]["worker"]["rows"][0]
    assert row["education"] == {"label": "学历", "value": {"code": "70", "label": "初中"}}
    assert row["hukou_division"]["value"] == {"code": "500116001", "label": name_of("500116001")}
    said = [one for one in copy["tables"]["statements"]["rows"] if one["numbers"]["value"][0]["code"] == "education"]
    assert said[0]["texts"]["value"] == [{"code": "70", "label": "初中"}]
    json.dumps(copy)


def test_sealed_values_are_stars_until_a_fresh_code_was_typed(me, worker):
    url = reverse("workers:data_copy")
    assert ID_NUMBER not in me.get(url).text
    assert ID_NUMBER not in me.get(reverse("workers:data")).text
    assert prove(me, "data").url == reverse("workers:data")
    assert ID_NUMBER in me.get(url).text
    assert ID_NUMBER in me.get(reverse("workers:data")).text


def test_a_wrong_code_and_a_code_for_another_matter_open_nothing(me, worker):
    me.post(reverse("workers:prove", args=["data"]), {"action": "send"})
    assert "验证码不对" in me.post(reverse("workers:prove", args=["data"]), {"code": "abc123"}).text
    PhoneCode.objects.all().delete()
    prove(me, "close")
    assert ID_NUMBER not in me.get(reverse("workers:data_copy")).text
    assert me.get(reverse("workers:prove", args=["everything"])).status_code == 404


def test_a_code_is_fresh_for_ten_minutes_only(me, worker):
    prove(me, "data")
    earlier = timedelta(minutes=11)
    row = PhoneCode.objects.get()
    PhoneCode.objects.update(confirmed_at=row.confirmed_at - earlier)
    assert ID_NUMBER not in me.get(reverse("workers:data_copy")).text


def test_the_readable_page_holds_no_words_of_programs_and_dates_as_people_write_them(me, worker):
    page = me.get(reverse("workers:data"))
    words = "\n".join(
        value for table in page.context["tables"] for row in table["rows"] for cell in row for value in cell
    )
    assert "1983年4月12日" in words
    assert not re.search(r"[a-z]{3}", words)


def test_taking_a_copy_is_on_record_with_whether_it_was_open(me, worker):
    me.get(reverse("workers:data_copy"))
    entry = audit.timeline(worker).get(verb=copying.EXPORTED)
    assert entry.data == {"opened": False}


def test_nobody_takes_somebody_elses_copy(worker, li_fang, jiangjin_official, du_gaotian, client_of, at):
    with pytest.raises(NotAllowed):
        copying.copy_for(worker.user, by=li_fang, at=at, opened=True)
    for other in (jiangjin_official, du_gaotian):
        assert client_of(other).get(reverse("workers:data_copy")).status_code == 403


def test_messages_to_the_number_before_it_was_mine_are_somebody_elses(worker, at):
    number = {"phone_index": worker.user.phone_index, "event": "x", "ref": "1"}
    before = worker.user.phone_verified_at - timedelta(days=1)
    SmsMessage.objects.create(phone="13800000001", text="给以前的人", created_at=before, **number)
    SmsMessage.objects.create(phone="13800000001", text="给我的", created_at=at, **number)
    copy = copying.compose(copying.person_of(worker.user), at=at, opened=True)
    texts = [row["text"]["value"] for row in copy["tables"]["text_messages"]["rows"]]
    assert "给我的" in texts and "给以前的人" not in texts


def test_a_worker_without_a_row_yet_has_a_copy_too(wang_wei, client_of):
    browser = client_of(wang_wei)
    assert browser.get(reverse("workers:data")).status_code == 200
    assert json.loads(browser.get(reverse("workers:data_copy")).text)["tables"]["worker"]["rows"] == []


def test_who_looked_names_views_reveals_and_downloads_with_their_purpose_page_by_page(
    me, worker, jiangjin_official, at
):
    services.reveal(worker, "id_number", reason="核对社保缴费", by=jiangjin_official, at=at)
    for n in range(looking.PER_PAGE):
        services.note_viewed(worker, by=jiangjin_official, at=at, purpose=f"事由{n}")
    me.get(reverse("workers:data_copy"))
    first = me.get(reverse("workers:sightings"))
    assert "下载了自己的信息" in first.text and "查看了资料 · 事由29" in first.text
    assert "核对社保缴费" not in first.text
    second = me.get(reverse("workers:sightings"), {"cursor": first.context["page"].next_cursor})
    assert "查看了完整的公民身份号码 · 核对社保缴费" in second.text


def test_closing_the_account_ends_everything_it_allowed_and_signs_out(me, worker, mandate, at):
    services.give_consent(worker, Purpose.RECOMMEND, by=worker.user, at=at)
    assert me.post(reverse("workers:close")).url == reverse("workers:prove", args=["close"])
    prove(me, "close")
    assert me.post(reverse("workers:close")).url == "/"
    account = User.objects.get(pk=worker.user_id)
    assert (account.is_active, account.phone, account.phone_index, account.display_name) == (False, None, None, "")
    assert not Mandate.objects.live().exists()
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert not Notice.objects.filter(user=account).exists()
    assert me.get(reverse("workers:profile")).status_code == 302
    worker.refresh_from_db()
    assert worker.user is None and worker.full_name == "王伟"


def test_only_the_worker_closes_the_account(worker, jiangjin_official, du_gaotian, at):
    for other in (jiangjin_official, du_gaotian):
        with pytest.raises(NotAllowed):
            closing.close_account(worker.user, by=other, at=at)
        with pytest.raises(NotAllowed):
            closing.close_account(other, by=other, at=at)


@pytest.fixture
def request_(worker, at):
    return erasing.file(worker, by=worker.user, at=at)


def test_erasure_takes_two_officials_and_the_second_is_another_one(request_, jiangjin_official, city_official, at):
    with pytest.raises(Refusal):
        erasing.confirm(request_, by=jiangjin_official, at=at)
    proposed = erasing.propose(request_, by=jiangjin_official, at=at, reason="核对无在办事项")
    with pytest.raises(NotAllowed, match="另一名"):
        erasing.confirm(proposed, by=jiangjin_official, at=at)
    assert Worker.objects.get().full_name == "王伟"
    erasing.confirm(proposed, by=city_official, at=at)
    assert Worker.objects.get().full_name == ""


def test_nobody_else_proposes_or_confirms(request_, fengjie_official, auditor, du_gaotian, at):
    for other in (fengjie_official, auditor, du_gaotian, request_.worker.user):
        with pytest.raises(NotAllowed):
            erasing.propose(request_, by=other, at=at, reason="核对无在办事项")


def test_an_official_does_not_carry_out_their_own_erasure(request_, jiangjin_official, wang_wei, at):
    jiangjin_official.phone_index = wang_wei.phone_index
    assert not erasing.may_decide(jiangjin_official, request_)
    with pytest.raises(NotAllowed):
        erasing.propose(request_, by=jiangjin_official, at=at, reason="已核对本人身份")


def test_after_erasure_nothing_of_the_person_is_left_in_any_table(
    worker, mandate, jiangjin_official, city_official, li_fang, at
):
    user = worker.user
    services.give_consent(worker, Purpose.CONTACT, by=user, at=at)
    services.grant_contact(worker, occasion="x:1", broker=mandate.broker, by=user, at=at)
    services.record(worker, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    services.record(worker, {"trade": "cook", "occupation": "食堂厨师长"}, source=Source.WORKER, by=user, at=at)
    worker = Worker.objects.get(pk=worker.pk)
    filed = filing.file(worker, BY_CODE["education"], "60", reason="我读完了", by=user, at=at)
    filing.withdraw(filed, by=user, at=at)
    outbox.drain(at=at)
    codes.send("13800000001", "x", session_key="s", at=at)
    asked = erasing.file(worker, by=user, at=at)
    assert blind_index("phone", "13800000001").hex() in everything()
    erasing.propose(asked, by=jiangjin_official, at=at, reason="核对无在办事项")
    erasing.confirm(asked, by=city_official, at=at)
    row = Worker.everyone.get(pk=worker.pk)
    assert row.id_number is None and row.id_number_index is None and row.mobile_index is None
    assert row.user is None and row.worker_no == worker.worker_no
    for model in (Statement, Provenance, Dispute, ContactGrant):
        assert not model.objects.filter(worker=worker).exists(), model
    assert not Worker.objects.with_id_number(ID_NUMBER).exists()
    dump = everything()
    indexes = [blind_index("phone", "13800000001").hex(), blind_index("id_number", ID_NUMBER).hex()]
    for words in ("王伟", "食堂厨师长", ID_NUMBER, "13800000001", "500116001", *indexes):
        assert words not in dump, words


def everything():
    """Every column of every table as text, the divisions and the outbox's codes aside."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND table_type = 'BASE TABLE' AND table_name NOT IN ('core_division', 'core_parameter')"
        )
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def test_the_erased_is_audited_without_personal_data(request_, jiangjin_official, city_official, at):
    erasing.propose(request_, by=jiangjin_official, at=at, reason="核对无在办事项")
    erasing.confirm(request_, by=city_official, at=at)
    entry = AuditEntry.objects.get(verb="workers.erased")
    assert entry.data == {"rows": 1} and entry.reason == ""


def test_the_number_is_free_for_a_new_registration_afterwards(request_, jiangjin_official, city_official, at):
    from accounts.services import people

    erasing.propose(request_, by=jiangjin_official, at=at, reason="核对无在办事项")
    erasing.confirm(request_, by=city_official, at=at)
    user = people.enter("13800000001", at=at)
    again = services.identify(user, full_name="王伟", id_number=ID_NUMBER, by=user, at=at)
    assert again.pk != request_.worker_id


def test_an_open_dispute_forbids_it_with_a_reason(worker, at):
    services.record(worker, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    worker = Worker.objects.get(pk=worker.pk)
    filed = filing.file(worker, BY_CODE["education"], "60", reason="我读完了", by=worker.user, at=at)
    with pytest.raises(Refusal, match=filed.reference):
        erasing.file(worker, by=worker.user, at=at)
    assert not ErasureRequest.objects.exists()


def test_what_comes_up_after_the_first_official_stops_the_second(request_, jiangjin_official, city_official, at):
    worker = Worker.objects.get(pk=request_.worker_id)
    erasing.propose(request_, by=jiangjin_official, at=at, reason="核对无在办事项")
    filing.file(worker, BY_CODE["hukou_division"], "500236", reason="户口迁了", by=worker.user, at=at)
    with pytest.raises(Refusal, match="更正申请"):
        erasing.confirm(request_, by=city_official, at=at)
    worker.refresh_from_db()
    assert worker.full_name == "王伟"


def test_a_refusal_has_a_reason_that_the_person_reads(request_, jiangjin_official, client_of, at):
    with pytest.raises(Refusal):
        erasing.refuse(request_, by=jiangjin_official, at=at, reason="")
    erasing.refuse(request_, by=jiangjin_official, at=at, reason="正在核查一份社保材料")
    outbox.drain(at=at)
    assert Notice.objects.filter(user=request_.worker.user, event="workers.erasure_refused").exists()
    assert "正在核查一份社保材料" in client_of(request_.worker.user).get(reverse("workers:erase")).text


def test_what_forbids_it_is_linked(worker, client_of, at):
    services.record(worker, {"education": "70"}, source=Source.EDUCATION, by=None, at=at)
    worker = Worker.objects.get(pk=worker.pk)
    filed = filing.file(worker, BY_CODE["education"], "60", reason="我读完了", by=worker.user, at=at)
    page = client_of(worker.user).get(reverse("workers:erase")).text
    assert f'<a href="{reverse("workers:dispute", args=[filed.reference])}">看更正申请 {filed.reference}</a>' in page


@pytest.mark.parametrize(("end", "said"), [("confirm", "已经删除"), ("refuse", "没有同意"), ("withdraw", "本人已撤回")])
def test_whoever_proposed_is_told_the_outcome(request_, jiangjin_official, city_official, at, end, said):
    proposed = erasing.propose(request_, by=jiangjin_official, at=at, reason="核对无在办事项")
    if end == "confirm":
        erasing.confirm(proposed, by=city_official, at=at)
    elif end == "refuse":
        erasing.refuse(proposed, by=city_official, at=at, reason="正在核查一份社保材料")
    else:
        erasing.withdraw(proposed, by=proposed.worker.user, at=at)
    outbox.drain(at=at)
    told = Notice.objects.get(user=jiangjin_official)
    assert request_.reference in told.text and said in told.text
    assert told.url == reverse("admin:workers_erasurerequest_change", args=[request_.pk])
    assert not Notice.objects.filter(user=city_official).exists()


def test_the_person_may_change_their_mind_until_it_is_done(me, worker):
    prove(me, "erase")
    me.post(reverse("workers:erase"))
    assert "待办理" in me.get(reverse("workers:erase")).text
    me.post(reverse("workers:erase"), {"action": "withdraw"})
    assert ErasureRequest.objects.get().state == "withdrawn"


def test_asking_for_erasure_needs_a_fresh_code(me, worker):
    assert me.post(reverse("workers:erase")).url == reverse("workers:prove", args=["erase"])
    assert not ErasureRequest.objects.exists()


def test_officials_carry_it_out_by_buttons(request_, jiangjin_official, city_official, auditor, client_of):
    change = reverse("admin:workers_erasurerequest_change", args=[request_.pk])

    def decide(verb):
        return reverse("admin:workers_erasurerequest_decide", args=[request_.pk, verb])

    first, second = client_of(jiangjin_official), client_of(city_official)
    assert "提出删除" in first.get(change).text
    first.post(decide("propose"), {"reason": "核对无在办事项"})
    assert first.post(decide("confirm")).status_code == 403
    assert "同意，马上删除" in second.get(change).text
    assert client_of(auditor).post(decide("confirm")).status_code == 403
    assert second.post(decide("confirm")).status_code == 302
    request_.refresh_from_db()
    assert request_.state == "done"
    page = second.get(change).text
    assert "须两名工作人员办理" not in page and "已删除" in page
    assert request_.reference in second.get(reverse("admin:workers_erasurerequest_changelist")).text
