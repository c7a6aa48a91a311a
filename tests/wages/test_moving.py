"""Another office of the city takes a case as it is; only another authority ends it."""

from datetime import date, timedelta

import pytest

from accounts.models import Notice, SmsMessage
from core import audit, calendar
from core.errors import NotAllowed, Refusal
from wages import desk, services, timeline
from wages.enums import OPEN, CaseState, DocumentKind, TransferTarget
from wages.models import Case

from .conftest import on

pytestmark = pytest.mark.django_db
THERE = "500236"


@pytest.fixture
def moved(case, jiangjin_official, at):
    """From 江津区 to 奉节县, two days after it was filed."""
    return services.hand_over(case, by=jiangjin_official, at=at + timedelta(days=2), district=THERE, note="工地在奉节")


def test_a_case_for_another_district_moves_and_stays_open_under_its_number(case, moved):
    assert (moved.number, moved.state, moved.division) == (case.number, CaseState.SUBMITTED, THERE)
    assert moved.state in OPEN and moved.closed_at is None and moved.assignee is None


def test_the_days_that_the_sender_used_are_not_given_again(case, moved):
    assert (moved.accept_from, moved.accept_by, moved.due_on) == (case.accept_from, case.accept_by, case.due_on)


def test_the_clock_of_closing_goes_on_too(investigating, jiangjin_official, at):
    moved = services.hand_over(investigating, by=jiangjin_official, at=at + timedelta(days=20), district=THERE)
    assert (moved.state, moved.close_by) == (CaseState.INVESTIGATING, investigating.close_by)


def test_a_clock_that_waits_for_papers_waits_on(case, jiangjin_official, fengjie_official, at):
    services.request_supplement(case, by=jiangjin_official, at=at + timedelta(days=2), note="全称")
    moved = services.hand_over(case, by=jiangjin_official, at=at + timedelta(days=3), district=THERE)
    assert moved.state == CaseState.SUPPLEMENT and moved.due_on is None
    back = services.supply(moved, by=None, at=at + timedelta(days=9))
    assert back.due_on == calendar.add_workdays(date(2026, 3, 18), 4).day


def test_the_receiver_has_it_on_the_desk_and_the_sender_no_longer(
    moved, jiangjin_official, fengjie_official, city_official, at
):
    assert moved in desk.work(fengjie_official, at=at) and moved in desk.work(city_official, at=at)
    assert moved not in Case.objects.visible_to(jiangjin_official)
    with pytest.raises(NotAllowed):
        services.accept(moved, by=jiangjin_official, at=at + timedelta(days=3))
    assert services.accept(moved, by=fengjie_official, at=at + timedelta(days=3)).state == CaseState.ACCEPTED


def test_who_still_has_the_old_page_open_decides_nothing(case, moved, jiangjin_official, at):
    assert case.division == "500116"  # as the official of 江津区 still sees it
    with pytest.raises(NotAllowed):
        services.accept(case, by=jiangjin_official, at=at + timedelta(days=3))


def test_what_the_sender_did_stays_in_the_trail_and_in_its_letters(case, jiangjin_official, fengjie_official, at):
    services.request_supplement(case, by=jiangjin_official, at=at + timedelta(days=1), note="全称")
    moved = services.hand_over(case, by=jiangjin_official, at=at + timedelta(days=2), district=THERE)
    services.accept(moved, by=fengjie_official, at=at + timedelta(days=3))
    trail = list(audit.timeline(moved))
    assert [entry.verb for entry in trail] == ["submit", "request_supplement", "hand_over", "accept"]
    assert "江津经办" in trail[2].actor and "奉节县" in trail[2].reason
    letters = dict(moved.documents.values_list("kind", "division"))
    assert letters == {
        DocumentKind.SUPPLEMENT: "500116",
        DocumentKind.HAND_OVER: "500116",
        DocumentKind.ACCEPTED: THERE,
    }


def test_the_complainant_reads_that_number_and_deadline_stay(moved):
    text = moved.documents.get().text
    assert "奉节县" in text and "编号不变" in text and "3月16日" in text and "工地在奉节" in text
    trail = list(audit.timeline(moved))
    assert timeline.first_division(moved, trail) == "500116"
    rows = timeline.items(moved, trail, office="江津区劳动保障监察机构", close_workdays=60)
    assert [row["title"] for row in rows[:3]] == [
        "你提交了投诉",
        "已分给江津区劳动保障监察机构",
        "已移交，编号和期限不变",
    ]
    assert "奉节县" in rows[2]["note"]


def test_the_receiver_and_the_complainant_are_told(moved, fengjie_official, jiangjin_official, at, deliver):
    deliver(at + timedelta(days=2))
    told = Notice.objects.filter(event="wages.handed_over")
    assert set(told.exclude(user=None).values_list("user", flat=True)) == {fengjie_official.pk}
    text = SmsMessage.objects.get(event="wages.handed_over").text.open()
    assert moved.number in text and "奉节县" in text and len(text) <= 70


def test_two_districts_do_not_send_a_case_to_and_fro(moved, fengjie_official, city_official, at):
    with pytest.raises(Refusal, match="市级指定"):
        services.hand_over(moved, by=fengjie_official, at=at + timedelta(days=3), district="500116")
    back = services.hand_over(moved, by=city_official, at=at + timedelta(days=3), district="500116")
    assert back.division == "500116"


@pytest.mark.parametrize("district", ["500116", "500000", "510100", "", "nonsense"])
def test_only_another_district_of_the_city_can_receive_it(case, jiangjin_official, at, district):
    with pytest.raises(Refusal):
        services.hand_over(case, by=jiangjin_official, at=at, district=district)
    assert Case.objects.get(pk=case.pk).division == "500116"


def test_an_office_that_has_ordered_payment_keeps_the_case(investigating, jiangjin_official, at):
    ordered = services.order(
        investigating, by=jiangjin_official, at=at + timedelta(days=3), amount_fen=1, pay_by=date(2026, 3, 20)
    )
    with pytest.raises(Refusal, match="不能移交"):
        services.hand_over(ordered, by=jiangjin_official, at=at + timedelta(days=4), district=THERE)


def test_a_proposal_that_waits_is_decided_where_it_was_made(investigating, jiangjin_official, at):
    services.propose_extension(investigating, by=jiangjin_official, at=at + timedelta(days=9), reason="人多")
    with pytest.raises(Refusal, match="等待审批"):
        services.hand_over(investigating, by=jiangjin_official, at=at + timedelta(days=9), district=THERE)


def test_a_stranger_to_the_case_moves_nothing(case, fengjie_official, auditor, wang_wei, at):
    for person in (fengjie_official, auditor, wang_wei):
        with pytest.raises(NotAllowed):
            services.hand_over(case, by=person, at=at, district=THERE)


@pytest.mark.parametrize("target", list(TransferTarget))
def test_another_authority_ends_the_case_here(case, jiangjin_official, at, target):
    gone = services.transfer(case, by=jiangjin_official, at=at, target=target)
    assert gone.state == CaseState.TRANSFERRED and gone.closed_at


def test_a_moved_case_is_warned_about_at_its_new_office(moved, fengjie_official, jiangjin_official, deliver):
    services.watch(at=on(date(2026, 3, 17)))
    deliver(on(date(2026, 3, 17)))
    told = set(Notice.objects.filter(event="wages.deadline_over").values_list("user", flat=True))
    assert fengjie_official.pk in told and jiangjin_official.pk not in told


def test_the_sender_ends_at_the_list_and_is_told(client_of, jiangjin_official, fengjie_official, fresh_case):
    address = f"/admin/wages/case/{fresh_case.pk}/"
    page = client_of(jiangjin_official).post(f"{address}decide/hand_over/", {"district": THERE}, follow=True)
    assert page.redirect_chain[-1][0] == "/admin/wages/case/" and "移交其他区县" in page.content.decode()
    assert client_of(jiangjin_official).get(f"{address}change/").status_code == 404
    receiver = client_of(fengjie_official)
    assert fresh_case.number in receiver.get("/admin/").content.decode()
    html = receiver.get(f"{address}change/").content.decode()
    assert "移交其他区县" in html and "江津经办" in html


def test_the_form_offers_every_other_district(client_of, jiangjin_official, fresh_case):
    html = client_of(jiangjin_official).get(f"/admin/wages/case/{fresh_case.pk}/decide/hand_over/").content.decode()
    assert 'value="500236"' in html and 'value="500116"' not in html and 'value="500000"' not in html


def test_the_old_letter_names_the_office_that_wrote_it(client, case, jiangjin_official, at):
    services.request_supplement(case, by=jiangjin_official, at=at, note="全称")
    services.hand_over(case, by=jiangjin_official, at=at + timedelta(days=1), district=THERE)
    client.post("/wages/status/", {"number": case.number, "phone_last4": "0001"})
    letter = case.documents.get(kind=DocumentKind.SUPPLEMENT)
    html = client.get(f"/wages/status/{case.number}/paper/{letter.pk}/").content.decode()
    assert "江津区劳动保障监察机构" in html and "奉节县劳动保障监察机构" not in html
