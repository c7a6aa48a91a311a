"""The payment watch: what it finds on which day, and that looking twice changes nothing."""

from datetime import date, datetime, timedelta

import pytest

from core.errors import NotAllowed, Refusal
from sites import services
from sites.enums import FileKind, Level, Teller
from sites.models import Alert, WatchRule, WatchRun
from sites.watch import looking, months, trying
from tests.workers.filed import id_number

from .conftest import MARCH, ZONE, row, take_back, write

pytestmark = pytest.mark.django_db
# 2026-04-15 is a Wednesday.
DUE = date(2026, 4, 15)


@pytest.fixture
def official2(city_official):
    from accounts.models import User

    other = User(role="official", display_name="市级复核", username="city-two", is_staff=True)
    other.set_unusable_password()
    other.save()
    other.jurisdictions.set(["500000"])
    return other


def look(offset, at, **more):
    return {seen.rule: (seen.found, seen.new, seen.gone) for seen in looking.evaluate(MARCH, offset, at=at, **more)}


def hits(key):
    return Alert.objects.get(rule__key=key).evidence


def test_a_pay_day_on_a_holiday_means_before_it():
    assert months.due_days(MARCH)[15] == DUE
    # 2026-05-01 to 05 are holidays; the wages of April of who pays on the 1st are due on the last working day before.
    assert months.due_days(date(2026, 4, 1))[1] == date(2026, 4, 30)
    # 2026-02-28 is a working Saturday; the 30th of February is its last day.
    assert months.due_days(date(2026, 1, 1))[30] == date(2026, 2, 28)


def test_who_got_nothing_is_counted_and_nobody_is_named(site, at):
    write(row(1) + row(2, paid=0, on="") + row(3, paid=0, on=""), at)
    assert look(3, at)["unpaid-3"] == (1, 1, 0)
    assert hits("unpaid-3") == {
        "people": 3,
        "hit": 2,
        "unlisted": 0,
        "due_fen": 1_200_000,
        "paid_fen": 0,
        "short_fen": 1_200_000,
        "due_on": "2026-04-15",
        "until": "2026-04-18",
    }


def test_a_payment_counts_on_the_day_it_was_made_and_not_before(site, at):
    write(row(1, on="2026-04-20"), at)
    assert look(3, at)["unpaid-3"] == (1, 1, 0)
    assert look(10, at)["unpaid-10"] == (0, 0, 0)


def test_less_than_owed_or_agreed_is_underpaid(site, at):
    write(row(1, owed=6000, paid=5999) + row(2, owed=5000, paid=5000, agreed=7000) + row(3), at)
    look(3, at)
    assert hits("underpaid-3")["hit"] == 2 and hits("underpaid-3")["short_fen"] == 200_100


def test_the_minimum_wage_is_the_districts_and_in_proportion_to_the_days(site, far_site, at):
    write(row(1, owed=2250, paid=2250, days="22") + row(2, owed=1200, paid=1200, days="11"), at)
    write(row(1, code="FJ001", owed=2250, paid=2250, days="22") + row(2, code="FJ001", paid=100, days=""), at)
    look(10, at)
    found = Alert.objects.get(rule__key="minimum-10")  # 2,330 in 江津, 2,200 in 奉节; without days nobody is judged
    assert (found.project, found.evidence["hit"], found.level) == (site, 1, Level.RED)


def test_the_banks_word_on_a_person_goes_before_the_contractors(site, at):
    write(row(1) + row(2), at, teller=Teller.CONTRACTOR)
    write(row(1, paid=0, on=""), at, teller=Teller.BANK)
    look(3, at)
    assert hits("unpaid-3")["hit"] == 1


def test_a_later_file_on_the_same_payment_counts_and_other_days_add_up(site, at):
    write(row(1, paid=3000), at)
    write(row(1, paid=4000), at, name="更正.csv")
    write(row(1, paid=1500, on="2026-04-17"), at, name="补发.csv")
    look(3, at)
    assert hits("underpaid-3")["paid_fen"] == 550_000


def test_who_was_at_the_site_and_stands_in_no_list_is_unpaid(site, at):
    write(row(1), at)
    header = "项目编号,身份证号,月份,出勤天数\n"
    text = "".join(f"JJ001,{id_number(n)},2026-03,20\n" for n in (1, 2))
    write(text, at, kind=FileKind.ATTENDANCE, header=header)
    look(3, at)
    assert (hits("unpaid-3")["hit"], hits("unpaid-3")["unlisted"]) == (1, 1)


def test_late_deposits_and_missing_files_are_found(site, far_site, at):
    header, early = "项目编号,月份,应拨金额,到账金额,到账日期\n", datetime(2026, 4, 16, 9, tzinfo=ZONE)
    write("JJ001,2026-03,1000,400,2026-04-14\nJJ001,2026-03,1000,600,2026-04-16\n", at, kind="deposits", header=header)
    write(row(1), early)
    assert look(0, at)["deposit-0"] == (1, 1, 0) and look(10, at)["deposit-10"] == (0, 0, 0)
    assert look(3, at)["payroll-3"] == (1, 1, 0)
    assert Alert.objects.get(rule__key="payroll-3").project == far_site


def test_looking_twice_makes_no_second_alert_and_a_late_file_marks_it_gone(site, at):
    looking.look(at=at)
    late = write(row(1, paid=0, on=""), at)
    assert look(3, at)["unpaid-3"] == (1, 1, 0) and look(3, at)["unpaid-3"] == (1, 0, 0)
    WatchRun.objects.update(through=date(2026, 5, 13))
    batch = write(row(1), at, name="更正.csv")
    assert looking.look_again(batch, at=at) >= 1
    alert = Alert.objects.get(rule__key="unpaid-3")
    assert alert.gone_at == at and alert.state == "open"
    looking.look_again(take_back(batch, at), at=at)
    alert.refresh_from_db()
    assert alert.gone_at is None
    assert looking.look_again(take_back(late, at), at=at)
    alert.refresh_from_db()
    assert alert.gone_at == at


def test_what_an_official_closed_stays_closed(site, jiangjin_official, at):
    write(row(1, paid=0, on=""), at)
    look(3, at)
    alert = Alert.objects.get(rule__key="unpaid-3")
    services.close(alert, reason="已约谈，补发到位", by=jiangjin_official, at=at)
    look(3, at + timedelta(days=1))
    alert.refresh_from_db()
    assert (alert.state, alert.seen_at, Alert.objects.count()) == ("closed", at, Alert.objects.count())


def test_the_daily_round_leaves_no_day_out_after_an_outage(site):
    quiet, later = datetime(2026, 4, 14, 6, tzinfo=ZONE), datetime(2026, 4, 19, 6, tzinfo=ZONE)
    looking.look(at=quiet)
    write(row(1, paid=0, on=""), datetime(2026, 4, 16, tzinfo=ZONE))
    assert looking.look(at=later) >= 2  # day 0 and day 3 both lie in the outage
    keys = set(Alert.objects.filter(month=MARCH).values_list("rule__key", flat=True))
    assert {"unpaid-0", "unpaid-3"} <= keys and looking.look(at=later) == 0


def test_a_rule_is_switched_by_two_and_tried_without_a_trace(site, city_official, official2, jiangjin_official, at):
    rule = WatchRule.objects.get(key="many-unpaid-3")
    text = "".join(row(n, paid=0, on="") for n in range(1, 13))
    write(text, at)
    asked = services.simulate(rule, months=6, by=city_official, at=at)
    done = trying.run(asked, at=at)
    march = next(line for line in done.result if line["month"] == "2026-03")
    assert (march["found"], march["people"], march["examples"][0]["id"]) == (1, 12, site.pk)
    assert not Alert.objects.exists()
    with pytest.raises(NotAllowed):
        services.propose_switch(rule, reason="启用", by=jiangjin_official, at=at)
    rule = services.propose_switch(rule, reason="试算结果合理", by=city_official, at=at)
    assert not rule.is_on
    with pytest.raises(Refusal, match="换一位同事"):
        services.confirm_switch(rule, by=city_official, at=at)
    rule = services.confirm_switch(rule, by=official2, at=at)
    assert rule.is_on and look(3, at)["many-unpaid-3"] == (1, 1, 0)


def test_only_officials_of_the_place_handle_an_alert_and_a_report_is_made_once(
    site, jiangjin_official, fengjie_official, auditor, at
):
    write(row(1, paid=0, on=""), at)
    look(10, at)
    alert = Alert.objects.get(rule__key="unpaid-10")
    for stranger in (fengjie_official, auditor):
        with pytest.raises(NotAllowed):
            services.acknowledge(alert, reason="知悉", by=stranger, at=at)
    assert list(Alert.objects.visible_to(jiangjin_official)) and not Alert.objects.visible_to(fengjie_official)
    services.report(alert, reason="多次拖欠", by=jiangjin_official, at=at)
    with pytest.raises(Refusal, match="已经转为线索"):
        services.report(alert, reason="再报", by=jiangjin_official, at=at)
