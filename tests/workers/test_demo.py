"""The synthetic population: deterministic, on the published margins, sensible, and nobody real."""

from datetime import date

import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from accounts.phones import clean
from core.masking import age_on
from employers import rules
from workers import demo, id_numbers
from workers.code_lists import Education, Industry
from workers.demo import clients, income, joint, numbers
from workers.demo.loading import load
from workers.demo.places import REGIONS
from workers.freshness import queue
from workers.indicators import BY_CODE
from workers.models import Consent, JobIntent, Provenance, Worker
from workers.services.intents import TO_BE_RECOMMENDED

PEOPLE = 20_000


@pytest.fixture(scope="module")
def drawn(django_db_setup, django_db_blocker):
    """20,000 people as columns, without writing them."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    with django_db_blocker.unblock():
        at = datetime(2026, 3, 9, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
        return demo.generator(rng_seed=7, at=at).draw(0, PEOPLE)


TODAY = date(2026, 3, 9)


def share(mask) -> float:
    return 100 * float(np.mean(mask))


def ages(drawn):
    return np.array([age_on(day, TODAY) for day in drawn["birth_date"].astype(object)])


def near(found, wanted, by=1.0):
    assert abs(found - wanted) <= by, f"{found:.2f} instead of {wanted:.2f}"


def test_sex_and_its_share_by_migration(drawn):
    near(share(drawn["sex"] == "2"), 38.2)
    local = drawn["migration_type"] == "1"
    near(share(drawn["sex"][local] == "2"), 45.1, by=3)
    near(share(drawn["sex"][~local] == "2"), 32.1, by=3)


def test_migration(drawn):
    near(share(drawn["migration_type"] == "1"), 100 * 12109 / 30115)
    outgoing = drawn["migration_type"][drawn["migration_type"] != "1"]
    near(share(np.isin(outgoing, ["4", "5"])), 44.0)  # cross-province share of the western origin


def test_age_bands_and_means(drawn):
    age = ages(drawn)
    for low, high, wanted in [(16, 20, 1.2), (21, 30, 15.8), (31, 40, 27.2), (41, 50, 23.8), (51, 99, 32.0)]:
        near(share((age >= low) & (age <= high)), wanted)
    near(age.mean(), 43.3)
    local = drawn["migration_type"] == "1"
    near(age[local].mean(), 46.8, by=3)
    near(age[~local].mean(), 39.3, by=3)
    assert age.min() >= 16


def test_marriage_and_schooling(drawn):
    marital, education = drawn["marital_status"], drawn["education"]
    near(share(marital == "10"), 17.5)
    near(share(marital == "20"), 78.2)
    near(share(np.isin(marital, ["30", "40"])), 4.3)
    near(share(np.isin(education, ["70", "80", "90"])), 65.4)
    near(share(np.isin(education, ["40", "60"])), 17.5)
    near(share(np.isin(education, ["10", "20", "30"])), 17.1)


@pytest.mark.parametrize("section", list(joint.NAMED))
def test_industry_share_and_income(drawn, section):
    published = joint.published()
    label = joint.NAMED[section]
    who = drawn["industry"] == str(section)
    near(share(who), published["share", "industry", label])
    wanted = published["mean_monthly_income", "industry", label.removeprefix("其中：")]
    near(drawn["monthly_income_fen"][who].mean() / 100, wanted, by=wanted / 100)


def test_income_in_all_by_migration_and_by_region(drawn):
    """Regions and migration cannot both meet the total (see `workers.demo.income`), so their ratios are tested."""
    pay = drawn["monthly_income_fen"] / 100
    near(pay.mean(), 5075, by=51)
    local = drawn["migration_type"] == "1"
    near(pay[~local].mean() / pay[local].mean(), 5774 / 4376, by=0.05)
    assert pay.min() >= income.LOWEST
    east = np.isin(drawn["work_division"], ["11", "12", "13", "31", "32", "33", "35", "37", "44", "46"])
    west = np.char.str_len(drawn["work_division"]) > 2
    near(pay[east].mean(), 5501, by=5501 * 0.08)
    near(pay[west].mean(), 4653, by=4653 * 0.08)
    assert REGIONS[0] == "东部"


def test_schooling_falls_with_age_and_builders_are_men(drawn):
    age, college = ages(drawn), np.isin(drawn["education"], [Education.COLLEGE, Education.BACHELOR, Education.GRADUATE])
    shares = [share(college[(age >= low) & (age <= low + 9)]) for low in (21, 31, 41, 51)]
    assert shares == sorted(shares, reverse=True)
    women = drawn["sex"] == "2"
    assert share(women[drawn["industry"] == Industry.CONSTRUCTION]) < 15
    assert share(women[drawn["trade"] == "maternity_nurse"]) > 90
    local = drawn["migration_type"] == "1"
    assert age[local].mean() > age[~local].mean() + 3


def test_id_numbers_are_valid_distinct_and_nobodys(drawn):
    assert len(set(drawn["id_number"])) == PEOPLE
    rows = zip(drawn["id_number"], drawn["birth_date"].astype(object), drawn["sex"], strict=True)
    for number, born, sex in rows:
        said = id_numbers.read(number)
        assert said is not None, number
        assert (said.birth_date, str(said.sex)) == (born, sex)
        assert numbers.is_synthetic(number)


def test_phones_are_distinct_and_of_no_operator(drawn):
    assert len(set(drawn["mobile"])) == PEOPLE
    assert all(clean(phone).startswith("154") for phone in drawn["mobile"])


def test_the_address_codes_were_never_a_division(db):
    from core.models import Division

    known = {int(code) for code in Division.objects.filter(level="district").values_list("code", flat=True)}
    assert not known & {*numbers.ADDRESS_CODES, 500199}


def test_no_two_chunks_hand_out_one_number():
    day = np.repeat(np.datetime64("1983-04-12"), 3)
    women = np.array([False, True, False])
    handed = [number for chunk in range(numbers.CHUNKS) for number in numbers.id_numbers(chunk, day, women)]
    assert len(set(handed)) == 3 * numbers.CHUNKS
    with pytest.raises(ValueError, match="chunks"):
        numbers.id_numbers(numbers.CHUNKS, day, women)


def test_a_crowded_birth_date_gives_way_to_the_next_day():
    day = np.repeat(np.datetime64("1983-04-12"), 3 * numbers.SHARE)
    nobody = np.zeros(len(day), dtype=bool)
    moved = numbers.spread(day, nobody)
    assert sorted(set(moved.tolist())) == [date(1983, 4, 12), date(1983, 4, 13), date(1983, 4, 14)]
    assert len(set(numbers.id_numbers(0, moved, nobody))) == len(day)


def test_the_same_seed_gives_the_same_people(at, db):
    one, two, other = (demo.generator(rng_seed=seed, at=at).draw(0, 500) for seed in (7, 7, 8))
    for name in one:
        assert list(one[name]) == list(two[name]), name
    assert list(one["full_name"]) != list(other["full_name"])


def test_loading_writes_rows_that_open(at, db):
    loaded = load(300, demo.generator(rng_seed=7, at=at), at=at)
    assert (loaded.people, Worker.objects.count(), Provenance.objects.count()) == (300, 300, 300)
    plain = demo.generator(rng_seed=7, at=at).draw(0, 300)
    for row, number in zip(Worker.objects.order_by("pk"), plain["id_number"], strict=True):
        assert row.id_number.open() == number
        assert Worker.objects.with_id_number(number).get() == row
        row.clean_fields(exclude=["id_number", "mobile"])
    print(f"\n{loaded.rows_per_second:,.0f} people/s")


def test_a_value_has_a_source_exactly_when_it_is_known(at, db):
    load(300, demo.generator(rng_seed=7, at=at), at=at)
    for row in Worker.objects.select_related("provenance"):
        for code in ("household_no", "living_area", "education", "occupation"):
            indicator = BY_CODE[code]
            known = getattr(row, indicator.column) not in ("", None)
            place = indicator.number - 1
            assert bool(row.provenance.sources[place]) == bool(row.provenance.observed[place]) == known, code


def test_whoever_is_recommendable_has_consented(at, db):
    load(500, demo.generator(rng_seed=7, at=at), at=at)
    for purpose in TO_BE_RECOMMENDED:
        agreed = set(Consent.objects.filter(purpose=purpose).values_list("worker", flat=True))
        assert agreed == set(JobIntent.objects.filter(recommendable=True).values_list("worker", flat=True))
    assert agreed


def test_new_rows_continue_after_the_loaded_ones(at, db):
    load(50, demo.generator(rng_seed=7, at=at), at=at)
    row = Worker.objects.create(created_at=at)
    assert int(row.worker_no[1:]) > 50
    assert Worker.objects.count() == 51


def test_the_cast_has_rich_profiles_and_seeding_twice_adds_nothing(wang_wei, li_fang, du_gaotian, at):
    for _ in range(2):
        demo.seed(rng_seed=1, at=at, scale=100)
    assert Worker.objects.count() == 102
    worker = Worker.objects.get(user=wang_wei)
    assert worker.intent.trade == "electrician"
    assert numbers.is_synthetic(worker.id_number.open())
    assert worker.mandates.get().broker == du_gaotian
    assert Worker.objects.get(user=li_fang).hukou_district == "500236"


def test_the_brokers_list_of_whom_to_ask_first_shows_every_reason(du_gaotian, at):
    for _ in range(2):
        demo.seed(rng_seed=1, at=at, scale=2_000)
    lines = queue.of(du_gaotian, at=at).lines
    assert len(lines) == clients.LOOKING + clients.OTHERS
    reasons = [reason for line in lines for reason in line.reasons]
    for said in ("个月没有核实：", "还没有说过：", "部门后来登记了变化", "上次的更新过期"):
        assert any(said in reason for reason in reasons), said
    assert len({line.reasons for line in lines}) == len(lines)
    assert [line.waits for line in lines].count(True) == 1


def test_seeding_is_refused_outside_the_demo(settings, at, db):
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        demo.seed(rng_seed=1, at=at, scale=1)
    with pytest.raises(CommandError):
        call_command("seed_demo")


def test_employers_of_the_population_are_the_demos(at, db, city_official):
    from employers import demo as employers_demo

    city_official.username = "city"
    city_official.save()
    employers_demo.seed(rng_seed=1, at=at, scale=1)
    people = demo.generator(rng_seed=7, at=at).draw(0, 2_000)
    codes = {code for code in people["employer_uscc"] if code}
    assert codes
    assert all(rules.uscc_is_valid(code) for code in codes)
