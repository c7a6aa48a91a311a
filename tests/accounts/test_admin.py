"""The city keeps accounts, the calendar and parameters; auditors read; nobody edits what services own."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services import people
from core import audit, outbox
from core.errors import NotAllowed
from core.models import CalendarDay, Division, OutboxMessage, Parameter

NEW_OFFICIAL = {
    "role": "official",
    "username": "wanzhou",
    "display_name": "万州经办",
    "is_active": "on",
    "new_password": "wanzhou-office-2026",
    "divisions": ["500101"],
    "townships": "",
    "phone_number": "",
}


def text_of(response):
    return response.content.decode()


def test_the_city_creates_an_official(city_official, client_of):
    answer = client_of(city_official).post("/admin/accounts/user/add/", NEW_OFFICIAL)
    assert answer.status_code == 302
    made = User.objects.get(username="wanzhou")
    assert (made.is_staff, made.is_superuser, made.role) == (True, False, "official")
    assert made.check_password("wanzhou-office-2026")
    assert made.covers("500101001")
    assert not made.covers("500116")
    entry = audit.timeline(made).get()
    assert (entry.verb, entry.actor_id, entry.data["jurisdictions"]) == (
        "accounts.created",
        city_official.pk,
        ["500101"],
    )


def test_the_city_creates_a_broker_for_a_township(city_official, client_of):
    broker = {
        **NEW_OFFICIAL,
        "role": "broker",
        "username": "",
        "new_password": "",
        "divisions": [],
        "townships": "500116001",
        "phone_number": "139-0000-0009",
    }
    assert client_of(city_official).post("/admin/accounts/user/add/", broker).status_code == 302
    made = people.enter("13900000009", at=None)
    assert (made.role, made.is_staff, made.covers("500116001"), made.covers("500116002")) == (
        "broker",
        False,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"new_password": "short"}, "太短|至少|短"),
        ({"new_password": ""}, "请填写初始密码"),
        ({"phone_number": "13900000009"}, "不填手机号"),
        ({"role": "broker"}, "请填写|不设密码"),
        ({"role": "worker"}, "worker"),
        ({"townships": "999999999"}, "没有这些代码"),
        ({"username": ""}, "请填写用户名"),
    ],
)
def test_what_is_missing_is_said_at_the_field(city_official, client_of, changes, sentence):
    import re

    answer = client_of(city_official).post("/admin/accounts/user/add/", {**NEW_OFFICIAL, **changes})
    assert answer.status_code == 200
    assert re.search(sentence, text_of(answer))
    assert not User.objects.filter(username="wanzhou").exists()


def test_a_number_belongs_to_one_account(city_official, wang_wei, client_of):
    broker = {**NEW_OFFICIAL, "role": "broker", "new_password": "", "phone_number": "13800000001"}
    assert "已属于另一个账户" in text_of(client_of(city_official).post("/admin/accounts/user/add/", broker))


def test_smuggled_fields_change_nothing(city_official, client_of):
    more = {"is_superuser": "on", "is_staff": "on", "held_since": "2026-01-01", "user_permissions": ["1"]}
    client_of(city_official).post("/admin/accounts/user/add/", {**NEW_OFFICIAL, **more})
    made = User.objects.get(username="wanzhou")
    assert not made.is_superuser
    assert not made.user_permissions.exists()


def test_closing_an_account_ends_its_sessions(city_official, du_gaotian, client_of, last_code, client):
    client.post("/accounts/login/", {"phone": "13800000011"})
    client.post("/accounts/login/code/confirm/", {"code": last_code()})
    assert client.get("/me/notices/").status_code == 200
    url = f"/admin/accounts/user/{du_gaotian.pk}/change/"
    form = {"display_name": "杜高田", "divisions": ["500116"], "townships": "", "phone_number": "", "new_password": ""}
    assert client_of(city_official).post(url, form).status_code == 302
    du_gaotian.refresh_from_db()
    assert not du_gaotian.is_active
    assert "/accounts/login/" in client.get("/me/notices/")["Location"]


def test_nobody_changes_their_own_account(city_official, client_of):
    url = f"/admin/accounts/user/{city_official.pk}/change/"
    client = client_of(city_official)
    assert client.get(url).status_code == 200
    assert client.post(url, {**NEW_OFFICIAL, "display_name": "新名"}).status_code == 403


def test_the_city_resets_a_second_factor_with_a_reason(city_official, fengjie_official, client_of, enrolled):
    from allauth.mfa.models import Authenticator

    from accounts.models import FactorSecret

    enrolled(fengjie_official)
    client = client_of(city_official)
    url = f"/admin/accounts/user/{fengjie_official.pk}/decide/reset-factor/"
    assert url in text_of(client.get(f"/admin/accounts/user/{fengjie_official.pk}/change/"))
    client.post(url, {"reason": " "})
    assert Authenticator.objects.exists()
    assert client.post(url, {"reason": "手机丢失，已当面核对"}).status_code == 302
    assert not Authenticator.objects.exists()
    assert not FactorSecret.objects.exists()
    assert audit.timeline(fengjie_official).last().reason == "手机丢失，已当面核对"


# What each kind of staff may open: page → those who get 200; everybody else gets 403.
PAGES = {
    "/admin/accounts/user/": {"city_official", "auditor"},
    "/admin/accounts/user/add/": {"city_official"},
    "/admin/accounts/smsmessage/": {"city_official", "auditor"},
    "/admin/accounts/recoveryrequest/": {"city_official", "auditor", "jiangjin_official"},
    "/admin/accounts/recoveryrequest/add/": set(),
    "/admin/core/auditentry/": {"city_official", "auditor"},
    "/admin/core/auditentry/add/": set(),
    "/admin/core/outboxmessage/": {"city_official", "auditor"},
    "/admin/core/calendarday/": {"city_official", "auditor", "jiangjin_official"},
    "/admin/core/calendarday/add/": {"city_official"},
    "/admin/core/parameter/": {"city_official", "auditor", "jiangjin_official"},
    "/admin/core/parameter/add/": {"city_official"},
    "/admin/core/division/": {"city_official", "auditor", "jiangjin_official"},
    "/admin/core/division/add/": {"city_official"},
}


@pytest.mark.parametrize("who", ["city_official", "auditor", "jiangjin_official", "du_gaotian", "wang_wei"])
@pytest.mark.parametrize("path", PAGES)
def test_roles_and_pages(request, client_of, who, path):
    answer = client_of(request.getfixturevalue(who)).get(path, follow=True)
    assert answer.status_code == (200 if who in PAGES[path] else 403)


@pytest.mark.parametrize("who", ["auditor", "jiangjin_official", "du_gaotian", "wang_wei"])
def test_only_the_city_keeps_people(request, at, who):
    by = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        people.keep(User(role="official", username="x"), jurisdictions=[], by=by, at=at)


def test_an_announced_day_goes_through_the_calendar(city_official, client_of):
    day = {"day": "2027-01-01", "name": "元旦", "source": "国办发明电〔2026〕X 号"}
    assert client_of(city_official).post("/admin/core/calendarday/add/", day).status_code == 302
    row = CalendarDay.objects.get(day=date(2027, 1, 1))
    assert not row.is_workday
    assert audit.timeline(row).get().actor_id == city_official.pk
    assert OutboxMessage.objects.get().topic == "calendar.changed"


def test_messages_that_wait_are_filtered_by_matter_and_then_by_topic(city_official, client_of, at):
    for topic in ("workers.merged", "workers.claim_filed", "wages.accepted"):
        outbox.put(topic, city_official, at=at)
    client, page = client_of(city_official), "/admin/core/outboxmessage/"

    def sees(query):
        html = client.get(page + query).text
        listed = re.findall(r'class="field-topic"[^>]*>(?:<a[^>]*>)?([a-z_.]+)', html)
        return sorted(listed), html.count("?topic=")

    (everything, choices), matters = sees(""), {topic.partition(".")[0] for topic in outbox.topics()}
    assert everything == ["wages.accepted", "workers.claim_filed", "workers.merged"]
    assert choices == len(matters) < 12
    assert sees("?topic=workers")[0] == ["workers.claim_filed", "workers.merged"]
    assert sees("?topic=workers.merged")[0] == ["workers.merged"]
    assert sees("?topic=nothing.of.this")[0] == []


def test_messages_that_nobody_could_deliver_for_a_day_are_filtered_out(city_official, client_of):
    now = timezone.now()
    for topic, age in (("workers.merged", 25), ("wages.accepted", 23)):
        outbox.put(topic, city_official, at=now - timedelta(hours=age))
    listed = client_of(city_official).get("/admin/core/outboxmessage/?stuck=yes").text.split('id="result_list"')[1]
    assert ["workers.merged" in listed, "wages.accepted" in listed] == [True, False]


def test_a_parameter_gets_a_new_version_and_old_ones_stay(city_official, client_of):
    Parameter.objects.create(key="test.days", valid_from=date(2020, 1, 1), value=5, title="天数", source="旧文件")
    client = client_of(city_official)
    new = {
        "key": "test.days",
        "valid_from": "2099-01-01",
        "value": "7",
        "title": "天数",
        "source": "新文件",
        "unit": "日",
    }
    assert "不能早于今天" in text_of(client.post("/admin/core/parameter/add/", {**new, "valid_from": "2021-01-01"}))
    assert client.post("/admin/core/parameter/add/", {**new, "key": "made.up"}).status_code == 200
    assert client.post("/admin/core/parameter/add/", new).status_code == 302
    assert "已经有一个版本" in text_of(client.post("/admin/core/parameter/add/", new))
    versions = Parameter.objects.filter(key="test.days").order_by("valid_from")
    assert [(row.valid_from.year, row.number) for row in versions] == [(2020, 5), (2099, 7)]
    old = versions[0]
    assert client.post(f"/admin/core/parameter/{old.pk}/change/", {**new, "value": "9"}).status_code == 403
    assert client.get(f"/admin/core/parameter/{old.pk}/change/").status_code == 200


def test_a_divisions_code_never_changes(city_official, client_of):
    client = client_of(city_official)
    form = {"code": "999999", "name": "江津新区", "level": "district", "parent": "500000"}
    assert client.post("/admin/core/division/500116/change/", form).status_code == 302
    assert Division.objects.get(code="500116").name == "江津新区"
    assert not Division.objects.filter(code="999999").exists()
    assert audit.timeline(Division(code="500116")).get().verb == "divisions.kept"


def test_a_failed_message_is_visible_and_its_text_and_number_are_not(city_official, client_of, at, settings):
    from accounts import notices

    settings.SMS_DAILY_BUDGET = 0
    notices.send("13912345678", event="wages.accepted", ref="C77", text="你的投诉已受理", at=at)
    page = text_of(client_of(city_official).get("/admin/accounts/smsmessage/"))
    assert "发送失败" in page
    assert "C77" in page
    assert "139****5678" in page
    assert "13912345678" not in page
    assert "你的投诉已受理" not in page


@pytest.mark.parametrize("path", ["/admin/accounts/user/", "/admin/core/auditentry/", "/admin/accounts/smsmessage/"])
def test_lists_ask_no_more_queries_when_they_grow(city_official, client_of, queries_do_not_grow, at, path):
    from accounts import notices

    here = Division.objects.get(code="500116")

    def add():
        for n in range(10):
            user = User(role="broker", username=f"b{n}", display_name="经纪人")
            people.keep(user, jurisdictions=[here], by=city_official, at=at, phone=f"1390000{n:04}")
            notices.send(user, event="x", ref=str(n), text="文", at=at)

    queries_do_not_grow(client_of(city_official), path, add)


LETTER_BY_LETTER = ["password__startswith=pbkdf2", "phone_index__contains=a", "last_login__year=2026", "username=city"]


@pytest.mark.parametrize("question", LETTER_BY_LETTER)
def test_a_list_cannot_be_asked_about_columns_that_it_does_not_offer(client_of, auditor, question):
    """Else whoever opens the list reads password hashes letter by letter."""
    assert client_of(auditor).get(f"/admin/accounts/user/?{question}").status_code == 400


@pytest.mark.parametrize("query", ["role__exact=broker", "is_active__exact=1", "q=city", "o=1.2", "p=2", "unknown=1"])
def test_what_a_list_offers_still_works(client_of, auditor, query):
    assert client_of(auditor).get(f"/admin/accounts/user/?{query}", follow=True).status_code == 200


@pytest.mark.parametrize("query", ["day__year=2026", "day__gte=2026-01-01&day__lt=2026-02-01", "is_workday__exact=1"])
def test_a_list_by_date_still_works(client_of, city_official, query):
    assert client_of(city_official).get(f"/admin/core/calendarday/?{query}").status_code == 200


def test_a_year_that_no_calendar_has_shows_the_whole_list(client_of, city_official):
    address = "/admin/core/calendarday/"
    assert client_of(city_official).get(f"{address}?day__year={'9' * 20}").url == address
