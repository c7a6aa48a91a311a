"""A complaint filed before there was an account shows in it once the phone is proven; never in a stranger's."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts import phones
from accounts.models import User
from accounts.services import people
from wages import services
from wages.belonging import Holder, is_theirs
from wages.models import Case
from workers import services as workers
from workers.models import Worker
from workers.rights import copying, erasing

pytestmark = pytest.mark.django_db
PHONE = "15400000009"
FILED = datetime(2026, 3, 9, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SOON, LATE = FILED + timedelta(days=89), FILED + timedelta(days=90)


def holder(proven, *, opened=None, name="", identified=False):
    return Holder(opened or proven, proven, name, identified)


KNOWN = {"name": "王小明", "identified": True}
RULE = [
    (holder(SOON), "王小明", True, "nobody knows better"),
    (holder(SOON), "", True, "a report has no name"),
    (holder(LATE), "王小明", False, "the number may be a stranger's by now"),
    (holder(LATE), "", False, "and nothing says otherwise"),
    (holder(SOON, **KNOWN), "王小明", True, "the same name"),
    (holder(LATE, **KNOWN), "王小明", True, "the same name, however late"),
    (holder(LATE, **KNOWN), "王 小明", True, "however it is typed"),
    (holder(SOON, name="张三", identified=True), "王小明", False, "another person's complaint"),
    (holder(SOON, name="张三"), "王小明", False, "another name is another name, with an ID number or without"),
    (holder(LATE, name="王小明"), "王小明", False, "a name that anybody may claim"),
    (holder(SOON, name="王小明"), "王小明", True, "which does not harm either"),
    (holder(SOON, opened=FILED - timedelta(days=300)), "王小明", False, "an account moved to this number"),
    (holder(SOON, opened=FILED - timedelta(days=300), **KNOWN), "王小明", True, "of the same person"),
    (holder(FILED - timedelta(days=1)), "王小明", False, "filed while the account was in doubt"),
    (holder(FILED - timedelta(days=1), **KNOWN), "王小明", True, "by its owner"),
    (holder(SOON, name="迪丽热巴・买买提", identified=True), "迪丽热巴·买买提", True, "dots differ"),
]


@pytest.mark.parametrize(("who", "filed_as", "expected", "why"), RULE, ids=[row[3] for row in RULE])
def test_the_rule(who, filed_as, expected, why):
    assert is_theirs(who, filed_at=FILED, filed_as=filed_as) is expected


@pytest.fixture
def orphan(filed, code):
    """Filed three days ago by 王小明, without an account."""
    case = filed(at=timezone.now() - timedelta(days=3), code=code, phone=PHONE)
    assert case.user is None
    return case


def identify(user, name):
    """What the registry knows after the person named themselves with an ID number."""
    worker = workers.for_user(user, at=timezone.now())
    Worker.objects.filter(pk=worker.pk).update(full_name=name, id_number_index=bytes(user.pk.to_bytes(32, "big")))


def test_it_shows_and_opens_once_the_phone_has_signed_in(client_of, orphan):
    client = client_of(people.enter(PHONE, at=timezone.now()))
    assert orphan.number in client.get("/me/cases/").content.decode()
    assert "正在决定是否受理" in client.get(f"/wages/status/{orphan.number}/").content.decode()
    assert orphan.number in client.get("/me/").content.decode()
    assert client.get(f"/wages/status/{orphan.number}/withdraw/").status_code == 200


def test_a_number_that_is_not_proven_shows_nothing(client_of, orphan):
    user = people.enter(PHONE, at=timezone.now())
    User.objects.filter(pk=user.pk).update(phone_verified_at=None)
    assert orphan.number not in client_of(User.objects.get(pk=user.pk)).get("/me/cases/").content.decode()


def test_another_workers_number_shows_nothing(client_of, orphan, li_fang):
    client = client_of(li_fang)
    assert orphan.number not in client.get("/me/cases/").content.decode()
    assert client.get(f"/wages/status/{orphan.number}/").status_code == 302


def test_who_got_the_number_later_and_has_another_name_sees_nothing(client_of, orphan):
    user = people.enter(PHONE, at=timezone.now())
    identify(user, "张三")
    client = client_of(user)
    assert orphan.number not in client.get("/me/cases/").content.decode()
    assert client.get(f"/wages/status/{orphan.number}/").status_code == 302
    assert client.get(f"/wages/status/{orphan.number}/withdraw/").status_code == 302


def test_who_was_moved_to_the_number_by_an_official_sees_nothing_of_its_former_owner(orphan, li_fang):
    User.objects.filter(pk=li_fang.pk).update(
        phone_index=phones.index(PHONE),
        phone_verified_at=timezone.now(),
        date_joined=timezone.now() - timedelta(days=400),
    )
    moved = User.objects.get(pk=li_fang.pk)
    assert not Case.objects.visible_to(moved).exists()
    identify(moved, "王小明")
    assert Case.objects.visible_to(moved).get() == orphan


def test_a_number_proven_long_after_needs_the_name(filed, code):
    case = filed(at=timezone.now() - timedelta(days=120), code=code, phone=PHONE)
    user = people.enter(PHONE, at=timezone.now())
    assert not Case.objects.visible_to(user).exists()
    identify(user, "王小明")
    assert Case.objects.visible_to(user).get() == case


def test_an_account_in_doubt_shows_nothing(orphan):
    user = people.enter(PHONE, at=timezone.now())
    user.held_since = timezone.now()
    assert not Case.objects.visible_to(user).exists()


def test_a_case_of_another_account_is_never_taken_over(filed, code, wang_wei, at):
    case = filed(at=at, code=code, by=wang_wei, phone="13800000001")
    Case.objects.filter(pk=case.pk).update(phone_index=phones.index(PHONE))
    assert not Case.objects.visible_to(people.enter(PHONE, at=at + timedelta(days=1))).exists()


def test_officials_and_brokers_find_no_cases_of_their_own(client_of, orphan, jiangjin_official, du_gaotian):
    for user in (jiangjin_official, du_gaotian):
        User.objects.filter(pk=user.pk).update(phone_index=phones.index(PHONE), phone_verified_at=timezone.now())
        assert not Case.objects.of_account(User.objects.get(pk=user.pk)).exists()
        User.objects.filter(pk=user.pk).update(phone_index=None)


def test_the_list_asks_no_more_queries_when_more_was_filed_before(client_of, filed, code, queries_do_not_grow):
    def add():
        for _ in range(4):
            filed(at=timezone.now() - timedelta(hours=2), code=code, phone=PHONE)

    add()
    user = people.enter(PHONE, at=timezone.now() - timedelta(hours=1))
    queries_do_not_grow(client_of(user), "/me/cases/", add)
    assert Case.objects.visible_to(user).count() == 8


def test_acting_on_it_leaves_the_persons_own_entry(client_of, orphan):
    from core import audit

    user = people.enter(PHONE, at=timezone.now())
    services.withdraw(Case.objects.visible_to(user).get(), by=user, at=timezone.now())
    assert audit.timeline(orphan).last().actor_id == user.pk


def test_it_is_in_the_copy_and_forbids_an_erasure_like_one_filed_while_signed_in(orphan):
    user = people.enter(PHONE, at=timezone.now())
    identify(user, "王小明")
    worker, at = Worker.objects.get(user=user), timezone.now()
    rows = copying.compose(copying.person_of(user), at=at, opened=False)["tables"]["wage_cases"]["rows"]
    assert [row["number"]["value"] for row in rows] == [orphan.number]
    assert any(orphan.number in said for said in erasing.reasons_against(worker, at=at))
