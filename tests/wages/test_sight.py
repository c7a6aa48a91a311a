"""Who reads what was told in confidence is on record first, and known to the worker; auditors see that it exists."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core import audit, files
from core.errors import NotAllowed
from wages import services
from wages.admin import page
from workers import services as workers

from .conftest import PHONE, photo

pytestmark = pytest.mark.django_db
STORY = "一月以后没有发工资。"


def address(case, rest="change/"):
    return f"/admin/wages/case/{case.pk}/{rest}"


def readings(case, verb=None):
    return [e for e in audit.timeline(case) if e.verb.startswith(("read_", "reveal_")) and verb in (None, e.verb)]


@pytest.fixture
def told(fresh_case, jiangjin_official):
    """A complaint with a story, a photo and a letter."""
    at = timezone.now()
    services.add_evidence(fresh_case, [photo()], by=None, at=at)
    services.request_supplement(fresh_case, by=jiangjin_official, at=at, note="王小明须补交的材料")
    return fresh_case


@pytest.fixture
def parts(told):
    """Its page, its photo and its letter, with the verb that reading each leaves."""
    return {
        "read_case": address(told),
        "read_evidence": address(told, f"evidence/{told.evidence.get().pk}/"),
        "read_letter": address(told, f"letter/{told.documents.get().pk}/"),
    }


def look(client, url):
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def test_every_part_leaves_its_reader_on_record(client_of, jiangjin_official, told, parts):
    client = client_of(jiangjin_official)
    for verb, url in parts.items():
        assert look(client, url).status_code == 200
        (entry,) = readings(told, verb)
        assert entry.actor_id == jiangjin_official.pk
    assert readings(told, "read_evidence")[0].data == {"evidence": told.evidence.get().pk}
    assert readings(told, "read_letter")[0].data == {"letter": told.documents.get().pk}


def test_the_entry_stands_before_anything_is_shown(client_of, jiangjin_official, told, parts, monkeypatch):
    class ShownTooEarly(Exception):
        pass

    def showing(verb):
        def show(*args, **kwargs):
            assert readings(told, verb), "shown before it was recorded"
            raise ShownTooEarly

        return show

    monkeypatch.setattr(page, "context", showing("read_case"))
    monkeypatch.setattr(page, "letter", showing("read_letter"))
    monkeypatch.setattr(files, "respond", showing("read_evidence"))
    for url in parts.values():
        with pytest.raises(ShownTooEarly):
            client_of(jiangjin_official).get(url)
    assert len(readings(told)) == 3


def test_opening_it_again_within_half_an_hour_is_the_same_reading(told, jiangjin_official, city_official):
    at = timezone.now()
    for minutes, by in ((0, jiangjin_official), (29, jiangjin_official), (29, city_official), (31, jiangjin_official)):
        services.read_case(told, by=by, at=at + timedelta(minutes=minutes))
    assert [e.actor_id for e in readings(told)] == [jiangjin_official.pk, city_official.pk, jiangjin_official.pk]


def test_each_paper_and_each_letter_is_a_reading_of_its_own(told, jiangjin_official):
    at = timezone.now()
    services.add_evidence(told, [photo("二.jpg", (1, 2, 3))], by=None, at=at)
    for row in [*told.evidence.order_by("pk"), *told.evidence.order_by("pk")]:
        services.read_evidence(row, by=jiangjin_official, at=at)
    assert len(readings(told, "read_evidence")) == 2


def test_an_auditor_sees_that_a_case_exists_and_nothing_that_was_told(client_of, auditor, told, parts):
    client = client_of(auditor)
    html = client.get(parts["read_case"]).content.decode()
    for known in (told.number, "待补正", "江津区", "补正材料通知书", "江津经办", "照片"):
        assert known in html
    for told_in_confidence in (STORY, "王某某", "154****0001", "evidence/", "letter/", "查看完整号码", "decide/"):
        assert told_in_confidence not in html
    assert client.get(parts["read_evidence"]).status_code == client.get(parts["read_letter"]).status_code == 403
    assert not readings(told)


def test_what_the_complainant_wrote_about_the_place_is_not_the_auditors(client_of, auditor, filed):
    case = filed(at=timezone.now(), employer_name="张老板", site_name="王家院子")
    client = client_of(auditor)
    for url in (address(case), "/admin/wages/case/", "/admin/"):
        html = client.get(url).content.decode()
        assert case.number in html and "张老板" not in html and "王家院子" not in html


def test_an_auditor_does_not_search_by_phone(client_of, auditor, jiangjin_official, told):
    def finds(user, term):
        html = client_of(user).post("/admin/wages/case/", {"q": term}, follow=True).content.decode()
        return address(told) in html

    assert finds(auditor, told.number) and not finds(auditor, PHONE)
    assert "手机号" not in client_of(auditor).get("/admin/wages/case/").content.decode()
    assert finds(jiangjin_official, PHONE)


def test_who_stepped_aside_reads_nothing_any_more(client_of, jiangjin_official, told, parts):
    services.recuse(told, by=jiangjin_official, at=timezone.now(), reason="亲属")
    client = client_of(jiangjin_official)
    html = client.get(parts["read_case"]).content.decode()
    assert "你已回避" in html and STORY not in html and "154****0001" not in html
    assert client.get(parts["read_evidence"]).status_code == client.get(parts["read_letter"]).status_code == 403


def test_who_stepped_aside_learns_in_lists_and_searches_only_what_is_registered(client_of, jiangjin_official, told):
    type(told).objects.filter(pk=told.pk).update(site_name="告的秘密工地")
    client, listed = client_of(jiangjin_official), "/admin/wages/case/"
    marked = {"action": "assign_selected", "_selected_action": told.pk}

    def pages():
        search = client.post(listed, {"q": PHONE}, follow=True).content.decode()
        return client.get(listed).content.decode(), client.post(listed, marked).content.decode(), search

    assert all("告的秘密工地" in page for page in pages())
    services.recuse(told, by=jiangjin_official, at=timezone.now(), reason="亲属")
    whole, assigning, search = pages()
    assert told.number in whole and told.number in assigning and told.number not in search
    assert not any("告的秘密工地" in page for page in (whole, assigning, search))


def test_others_read_nothing_whatever_they_call(told, auditor, fengjie_official, wang_wei, du_gaotian):
    at = timezone.now()
    for person in (auditor, fengjie_official, wang_wei, du_gaotian):
        for read, what in (
            (services.read_case, told),
            (services.read_evidence, told.evidence.get()),
            (services.read_letter, told.documents.get()),
        ):
            with pytest.raises(NotAllowed):
                read(what, by=person, at=at)
    assert not readings(told)


def test_officials_see_their_colleagues_readings_apart_from_what_was_done(client_of, city_official, told):
    services.read_case(told, by=city_official, at=timezone.now())
    html = client_of(city_official).get(address(told)).content.decode()
    assert "看了投诉内容" in html and html.index("经过") < html.index("谁看过") < html.index("看了投诉内容")


@pytest.fixture
def of_wang_wei(filed, code, wang_wei, jiangjin_official):
    """王伟's complaint, which an official has read, with the number behind it."""
    at = timezone.now()
    workers.for_user(wang_wei, at=at)
    case = filed(at=at, code=code, by=wang_wei, phone="13800000001")
    services.read_case(case, by=jiangjin_official, at=at)
    services.reveal_phone(case, by=jiangjin_official, at=at, reason="约谈")
    return case


def test_the_worker_sees_who_read_the_complaint(client_of, wang_wei, of_wang_wei):
    html = client_of(wang_wei).get(f"/wages/status/{of_wang_wei.number}/").content.decode()
    assert "谁看过我的投诉" in html and "江津经办" in html and "看了投诉内容" in html and "约谈" in html


def test_the_worker_finds_it_where_all_readings_of_their_information_are(client_of, wang_wei, of_wang_wei):
    html = client_of(wang_wei).get("/me/seen/").content.decode()
    assert html.count("江津经办") == 2
    assert "欠薪投诉：看了投诉内容" in html and "欠薪投诉：看了完整手机号" in html
    assert of_wang_wei.number not in html  # the registry's trail does not say whose case it is


def test_who_knows_four_digits_does_not_learn_who_reads(client_of, of_wang_wei):
    stranger = Client()
    stranger.post("/wages/status/", {"number": of_wang_wei.number, "phone_last4": "0001"})
    html = stranger.get(f"/wages/status/{of_wang_wei.number}/").content.decode()
    assert "正在决定是否受理" in html and "谁看过我的投诉" not in html and "江津经办" not in html


def test_reading_a_report_leads_to_nobodys_registry_row(filed, code, wang_wei, jiangjin_official):
    at = timezone.now()
    worker = workers.for_user(wang_wei, at=at)
    report = filed(at=at, code=code, by=wang_wei, phone="13800000001", kind="report")
    services.read_case(report, by=jiangjin_official, at=at)
    assert readings(report) and not workers.seen_by(worker)
