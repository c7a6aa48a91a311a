"""A mandate on paper counts once an official of the place has looked at it, and the worker can say no before."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import Notice, SmsMessage
from core import audit, files, outbox
from core.errors import NotAllowed, Refusal
from core.models import AuditEntry, StoredFile
from core.submissions import new_key
from workers import services
from workers.enums import Source
from workers.models import Mandate, MandateClaim, Provenance, Statement, Worker
from workers.policies import may_act_for
from workers.rights import copying, erasing
from workers.services import claims, lookups

pytestmark = pytest.mark.django_db
PHONE, PAPER = "13800000001", reverse("workers:paper_mandates")


def photo(name="委托书.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def file(broker, at, number=PHONE, name="王伟", scope=("profile",), upload=None):
    return claims.file(number, name, scope=scope, photo=upload or photo(), by=broker, at=at)


@pytest.fixture
def claim(worker, du_gaotian, at):
    return file(du_gaotian, at)


def test_nothing_is_allowed_before_an_official_has_looked(claim, worker, du_gaotian, jiangjin_official, at):
    assert not may_act_for(du_gaotian, worker, "profile", at=at)
    assert not Mandate.objects.exists()
    claims.accept(claim, by=jiangjin_official, at=at, reason="已打电话问过本人")
    mandate = Mandate.objects.get()
    assert (mandate.evidence, mandate.evidence_ref, mandate.scope) == ("paper", claim.reference, ["profile"])
    assert may_act_for(du_gaotian, worker, "profile", at=at)
    assert not may_act_for(du_gaotian, worker, "jobs", at=at)
    assert not may_act_for(du_gaotian, worker, "profile", at=at + timedelta(days=366))


def test_the_worker_hears_at_once_who_claims_it_and_how_to_say_no(claim, worker, jiangjin_official, at):
    outbox.drain(at=at)
    text = SmsMessage.objects.get(event="workers.claim_filed").text.open()
    assert all(word in text for word in ("杜高田", "委托书", "否认", "12333"))
    assert len(text) <= 70
    assert Notice.objects.get(user=worker.user).url == "/me/mandates/"
    assert claim.reference in Notice.objects.get(user=jiangjin_official).text


def test_officials_read_in_words_what_a_broker_did(claim, worker, jiangjin_official, client_of):
    page = client_of(jiangjin_official).get(reverse("admin:workers_worker_change", args=[worker.pk])).text
    assert all(words in page for words in ("经纪人提交纸质委托", "按手机号查找"))
    assert "workers.found" not in page and "workers.claim_filed" not in page


def test_the_workers_no_ends_it_for_good(claim, worker, li_fang, jiangjin_official, du_gaotian, at):
    for other in (li_fang, jiangjin_official, du_gaotian):
        with pytest.raises(NotAllowed):
            claims.object_to(claim, by=other, at=at)
    claims.object_to(claim, by=worker.user, at=at)
    with pytest.raises(Refusal):
        claims.accept(claim, by=jiangjin_official, at=at, reason="看着像本人签的")
    assert not Mandate.objects.exists()
    outbox.drain(at=at)
    assert "没有签过" in Notice.objects.filter(user=du_gaotian).latest("pk").text


def test_a_no_of_the_official_says_why_and_the_broker_reads_it(claim, du_gaotian, jiangjin_official, client_of, at):
    with pytest.raises(Refusal) as refused:
        claims.refuse(claim, by=jiangjin_official, at=at, reason=" ")
    assert refused.value.field == "reason"
    claims.refuse(claim, by=jiangjin_official, at=at, reason="照片看不清签名")
    outbox.drain(at=at)
    assert "没有通过" in Notice.objects.filter(user=du_gaotian).latest("pk").text
    assert "照片看不清签名" in client_of(du_gaotian).get(PAPER).text
    assert "照片看不清签名" not in str(list(AuditEntry.objects.values()))


def test_only_an_official_of_the_district_decides(claim, fengjie_official, auditor, du_gaotian, worker, at):
    for other in (fengjie_official, auditor, du_gaotian, worker.user):
        for verb in (claims.accept, claims.refuse):
            with pytest.raises(NotAllowed):
                verb(claim, by=other, at=at, reason="看过了没问题")
        with pytest.raises(NotAllowed):
            claims.note_reading(claim, by=other, at=at)
    assert MandateClaim.objects.get().state == "waiting"


def test_two_officials_cannot_both_decide(claim, jiangjin_official, city_official, at):
    claims.accept(claim, by=jiangjin_official, at=at, reason="已打电话问过本人")
    with pytest.raises(Refusal, match="已先行办理"):
        claims.refuse(claim, by=city_official, at=at, reason="签名不像本人的")


@pytest.mark.parametrize(
    ("number", "name"),
    [(PHONE, "王大伟"), ("13911112222", "王伟"), ("W000000000", "王伟")],
)
def test_number_and_name_must_both_be_the_registered_ones_and_each_attempt_counts(worker, du_gaotian, at, number, name):
    with pytest.raises(Refusal) as refused:
        file(du_gaotian, at, number=number, name=name)
    assert refused.value.field == "number"
    assert lookups.left(du_gaotian, at=at) == 29
    assert not StoredFile.objects.exists()


def test_people_of_elsewhere_cannot_be_claimed(worker, fengjie_broker, at):
    with pytest.raises(Refusal):
        file(fengjie_broker, at)


def test_a_name_alone_is_no_number(worker, mandate, du_gaotian, at):
    with pytest.raises(Refusal) as refused:
        file(du_gaotian, at, number="王伟")
    assert refused.value.field == "number"


def test_one_paper_at_a_time(claim, du_gaotian, at):
    with pytest.raises(Refusal, match="正在核对"):
        file(du_gaotian, at)
    claims.withdraw(claim, by=du_gaotian, at=at)
    assert file(du_gaotian, at + timedelta(minutes=1)).state == "waiting"


def test_a_file_that_is_no_photo_is_refused(worker, du_gaotian, at):
    with pytest.raises(Refusal):
        file(du_gaotian, at, upload=SimpleUploadedFile("x.jpg", b"<html>", content_type="image/jpeg"))
    assert not MandateClaim.objects.exists()


def test_the_pages_from_the_upload_to_the_officials_yes(worker, du_gaotian, jiangjin_official, client_of):
    broker, desk, me = client_of(du_gaotian), client_of(jiangjin_official), client_of(worker.user)
    typed = {"number": PHONE, "full_name": "王伟", "scope": ["profile", "jobs"]}
    assert "请拍下" in broker.post(PAPER, typed).text
    typed["submission_key"] = new_key()
    assert [broker.post(PAPER, {**typed, "photo": photo()}).status_code for _click in range(2)] == [302, 302]
    claim = MandateClaim.objects.get()
    assert lookups.left(du_gaotian, at=timezone.now()) == 29
    assert claim.reference in broker.get(PAPER).text and "王伟" not in broker.get(PAPER).text
    assert "王某" in broker.get(PAPER).text and "帮我找工作" not in broker.get(PAPER).text
    mine = me.get(reverse("workers:mandates")).text
    assert "我没有签过" in mine and "更新我的信息、帮我找工作、报名" in mine
    assert "纸质委托待核对" in desk.get(reverse("admin:index")).text
    assert claim.reference in desk.get(reverse("admin:workers_mandateclaim_changelist")).text
    page = desk.get(reverse("admin:workers_mandateclaim_change", args=[claim.pk])).text
    assert "王伟" in page and "核对无误，生效" in page
    assert "核对纸质委托书" in me.get(reverse("workers:sightings")).text
    paper = desk.get(reverse("admin:workers_mandateclaim_photo", args=[claim.pk]))
    assert b"".join(paper.streaming_content)[:2] == b"\xff\xd8"
    url = reverse("admin:workers_mandateclaim_decide", args=[claim.pk, "accept"])
    assert "请写明" in desk.post(url, {"reason": "好 "}).text
    assert desk.post(url, {"reason": "已打电话问过本人"}).status_code == 302
    assert Mandate.objects.live().get().evidence == "paper"
    assert "签字的委托书" in me.get(reverse("workers:mandates")).text
    assert "纸质委托待核对" not in desk.get(reverse("admin:index")).text


def test_a_search_that_found_nobody_stays_counted_and_the_form_can_be_posted_anew(worker, du_gaotian, client_of):
    broker, typed = client_of(du_gaotian), {"number": PHONE, "full_name": "王维", "scope": ["profile"]}
    page = broker.post(PAPER, {**typed, "submission_key": new_key(), "photo": photo()}).text
    assert "没有找到" in page
    assert lookups.left(du_gaotian, at=timezone.now()) == 29
    key = re.search(r'name="submission_key" value="([^"]+)"', page)[1]
    assert (
        broker.post(PAPER, {**typed, "full_name": "王伟", "submission_key": key, "photo": photo()}).status_code == 302
    )
    assert MandateClaim.objects.get().state == "waiting"


def test_other_districts_and_auditors_see_nobody(claim, worker, fengjie_official, auditor, client_of):
    change = reverse("admin:workers_mandateclaim_change", args=[claim.pk])
    paper = reverse("admin:workers_mandateclaim_photo", args=[claim.pk])
    decide = reverse("admin:workers_mandateclaim_decide", args=[claim.pk, "accept"])
    stranger, reader = client_of(fengjie_official), client_of(auditor)
    assert [stranger.get(url).status_code for url in (change, paper, decide)] == [404] * 3
    assert [reader.get(url).status_code for url in (paper, decide)] == [403] * 2
    page = reader.get(change).text
    assert "王伟" not in page and worker.worker_no not in page


def test_the_list_names_the_official_who_handled_it_and_never_the_worker_who_said_no(
    claim, worker, jiangjin_official, auditor, client_of, at
):
    def row():
        return client_of(auditor).get(reverse("admin:workers_mandateclaim_changelist")).text.split("result_list")[1]

    claims.object_to(claim, by=worker.user, at=at)
    assert "本人否认" in row() and "王伟" not in row()
    MandateClaim.objects.update(state="accepted", decided_by=jiangjin_official)
    assert "江津经办" in row()


def test_the_workers_page_says_no_and_a_strangers_does_not(claim, worker, li_fang, client_of, at):
    services.for_user(li_fang, at=at)
    url = reverse("workers:object_to_paper", args=[claim.reference])
    assert client_of(li_fang).post(url).status_code == 404
    assert client_of(worker.user).post(url).status_code == 302
    assert MandateClaim.objects.get().state == "objected"


def test_paper_and_photo_are_in_the_copy_and_gone_after_an_erasure(
    claim, worker, jiangjin_official, django_capture_on_commit_callbacks, at
):
    copy = copying.compose(copying.person_of(worker.user), at=at, opened=True)["tables"]
    assert copy["mandate_claims"]["rows"][0]["reference"]["value"] == claim.reference
    path = files.path_of(claim.photo)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(worker, by=jiangjin_official, at=at)
    assert not MandateClaim.objects.exists() and not StoredFile.objects.exists() and not path.exists()
    assert audit.timeline(claim).exists()


def test_few_papers_a_day_make_messages_to_one_person_whoever_hands_them_in(worker, du_gaotian, at):
    for minutes in range(3):
        taken_back = file(du_gaotian, at + timedelta(minutes=minutes))
        claims.withdraw(taken_back, by=du_gaotian, at=at + timedelta(minutes=minutes))
    with pytest.raises(Refusal) as refused:
        file(du_gaotian, at + timedelta(minutes=3))
    assert refused.value.field == "number"
    outbox.drain(at=at + timedelta(minutes=4))
    assert SmsMessage.objects.filter(event="workers.claim_filed").count() == 3
    assert file(du_gaotian, at + timedelta(hours=25))


def test_whom_the_worker_contradicted_hands_in_no_other_paper(claim, worker, du_gaotian, at):
    claims.object_to(claim, by=worker.user, at=at)
    with pytest.raises(Refusal, match="否认"):
        file(du_gaotian, at + timedelta(days=30))
    assert MandateClaim.objects.count() == 1


def test_a_paper_does_not_bring_back_what_the_worker_ended_after_it(mandate, worker, du_gaotian, jiangjin_official, at):
    paper, later = file(du_gaotian, at), at + timedelta(hours=1)
    services.end_mandate(mandate, by=worker.user, at=later)
    with pytest.raises(Refusal, match="结束了给他的委托"):
        claims.accept(paper, by=jiangjin_official, at=later, reason="看着像本人签的")
    assert not may_act_for(du_gaotian, worker, "profile", at=later)
    claims.refuse(paper, by=jiangjin_official, at=later, reason="本人已经结束委托")


def test_a_paper_handed_in_after_the_end_of_the_last_mandate_counts(mandate, worker, du_gaotian, jiangjin_official, at):
    services.end_mandate(mandate, by=worker.user, at=at)
    paper = file(du_gaotian, at + timedelta(hours=1))
    claims.accept(paper, by=jiangjin_official, at=at + timedelta(hours=2), reason="已打电话问过本人")
    assert may_act_for(du_gaotian, worker, "profile", at=at + timedelta(hours=2))


def test_nobody_is_warned_at_a_number_that_a_broker_wrote_down(worker, mandate, du_gaotian, at):
    Worker.objects.filter(pk=worker.pk).update(user=None, mobile=None, mobile_index=None)
    Provenance.objects.filter(worker=worker).update(sources=[0] * 65, observed=[0] * 65)
    Statement.objects.filter(worker=worker).delete()
    services.record(worker, {"mobile": "13700000009"}, source=Source.BROKER, by=du_gaotian, at=at)
    file(du_gaotian, at, number=worker.worker_no)
    outbox.drain(at=at)
    assert not SmsMessage.objects.filter(event="workers.claim_filed").exists()
