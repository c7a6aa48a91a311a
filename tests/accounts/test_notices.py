"""Telling people: once per event, in the portal and by at most one text message."""

from datetime import timedelta

from accounts import notices
from accounts.models import Notice, SmsMessage


def tell(recipient, at, **changes):
    about = {"event": "wages.accepted", "ref": "C1", "text": "你的投诉 C1 已受理。"}
    return notices.send(recipient, **{**about, **changes}, at=at)


def test_an_event_reaches_a_person_once_however_often_it_is_told(wang_wei, at, sink):
    assert tell(wang_wei, at) is not None
    assert tell(wang_wei, at) is None
    assert Notice.objects.count() == 1
    assert [(line["to"], line["text"], line["event"], line["ref"]) for line in sink()] == [
        ("13800000001", "你的投诉 C1 已受理。", "wages.accepted", "C1")
    ]


def test_a_number_that_belongs_to_an_account_reaches_the_account(wang_wei, at):
    assert tell("+86 138-0000-0001", at).user == wang_wei
    assert tell(wang_wei, at) is None


def test_the_account_is_told_before_the_number_that_a_matter_kept(wang_wei, li_fang):
    kept = li_fang.phone
    assert notices.recipient_of(user=wang_wei, phone=kept) == wang_wei
    assert notices.recipient_of(user=None, phone=kept) == "13800000002"
    assert notices.recipient_of(user=None, phone=None) is None
    wang_wei.is_active = False
    assert notices.recipient_of(user=wang_wei, phone=kept) == "13800000002"


def test_somebody_without_an_account_finds_the_notice_after_registering(db, at, sink):
    from accounts.services import people

    tell("13900000009", at)
    assert sink()[0]["to"] == "13900000009"
    newcomer = people.enter("13900000009", at=at)
    assert Notice.objects.visible_to(newcomer).count() == 1


def test_a_long_text_stays_whole_in_the_portal_and_fits_one_text_message(wang_wei, at, sink):
    text = "很长的通知" * 20
    assert tell(wang_wei, at, text=text).text == text
    sent = sink()[0]["text"]
    assert len(sent) == 70
    assert sent.endswith("…")


def test_a_notice_without_a_phone_stays_in_the_portal(city_official, at, sink):
    tell(city_official, at)
    assert sink() == []
    assert Notice.objects.visible_to(city_official).count() == 1


def test_a_spent_budget_leaves_a_failure_that_officials_see_and_keeps_the_notice(wang_wei, at, settings, sink):
    settings.SMS_DAILY_BUDGET = 0
    tell(wang_wei, at)
    assert sink() == []
    assert SmsMessage.objects.get().state == "failed"
    assert Notice.objects.count() == 1


def test_numbers_and_texts_rest_sealed(wang_wei, at):
    tell(wang_wei, at)
    row = SmsMessage.objects.values("phone", "text").get()
    assert b"13800000001" not in bytes(row["phone"])
    assert "投诉".encode() not in bytes(row["text"])


def test_nobody_sees_the_notices_of_others(wang_wei, li_fang, at):
    tell(wang_wei, at)
    assert not Notice.objects.visible_to(li_fang).exists()


def test_the_list_shows_mine_newest_first_and_marks_them_read(wang_wei, li_fang, at, client_of):
    tell(wang_wei, at, ref="C1", text="第一条", url="/wages/status/")
    tell(wang_wei, at + timedelta(minutes=1), ref="C2", text="第二条")
    tell(li_fang, at, text="别人的")
    client = client_of(wang_wei)
    page = client.get("/me/notices/").content.decode()
    assert page.index("第二条") < page.index("第一条")
    assert "别人的" not in page
    assert notices.unread_count(wang_wei) == 2
    client.post("/me/notices/read/")
    assert notices.unread_count(wang_wei) == 0
    assert notices.unread_count(li_fang) == 1


def test_reading_is_not_done_by_looking(wang_wei, at, client_of):
    tell(wang_wei, at)
    assert client_of(wang_wei).get("/me/notices/read/").status_code == 405
    assert notices.unread_count(wang_wei) == 1


def test_the_list_asks_no_more_queries_when_it_grows(wang_wei, at, client_of, queries_do_not_grow):
    tell(wang_wei, at)

    def add():
        for n in range(12):
            tell(wang_wei, at, ref=f"D{n}")

    queries_do_not_grow(client_of(wang_wei), "/me/notices/", add)


def test_the_header_counts_what_is_unread(wang_wei, at, client_of):
    client = client_of(wang_wei)
    assert "条未读消息" not in client.get("/me/notices/").content.decode()
    tell(wang_wei, at)
    assert "条未读消息" in client.get("/me/notices/").content.decode()
