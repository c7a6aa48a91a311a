"""The set-based figures equal the same figures computed person by person."""

from collections import Counter
from datetime import date, timedelta

import pytest

from monitoring.enums import SMALL_CELL
from monitoring.figures import classes, registry, sheets
from monitoring.figures.compute import compute
from monitoring.figures.suppression import ALL
from monitoring.periods import parse

from .people import DISTRICTS, populate

pytestmark = pytest.mark.django_db
OCTOBER = parse("2026-10")


def group_of(code, groups):
    return next((group.key for group in groups if code in group.codes), classes.UNKNOWN)


def years(born, day):
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def band_of(born, day):
    if born is None:
        return classes.UNKNOWN
    age = years(born, day)
    fits = (band.key for band in classes.AGE if band.since <= age and (band.to is None or age <= band.to))
    return next(fits, classes.UNKNOWN)


def classify(worker):
    return {
        "migration": group_of(worker.migration_type, classes.MIGRATION),
        "sex": group_of(worker.sex, classes.SEX),
        "age": band_of(worker.birth_date, OCTOBER.last),
        "education": group_of(worker.education, classes.EDUCATION),
        "industry": group_of(worker.industry, classes.INDUSTRY),
    }


def counted(workers, dimension):
    return Counter(classify(worker)[dimension] for worker in workers)


def mean_yuan(workers):
    earners = [w for w in workers if w.monthly_income_fen is not None and w.months_worked]
    if len(earners) < SMALL_CELL:
        return None
    earned = sum(w.monthly_income_fen * w.months_worked for w in earners)
    return round(earned / sum(w.months_worked for w in earners) / 100)


@pytest.fixture
def people():
    """900 workers; those recorded after the month must not count."""
    everybody = populate(
        900, seed=7, registered=lambda draw: OCTOBER.start + timedelta(hours=draw.randrange(-20_000, 1_000))
    )
    counting = [worker for worker in everybody if worker.created_at < OCTOBER.end]
    assert len(counting) < 900
    return counting


def test_headcounts_equal_those_counted_one_by_one(people):
    found = registry.read(list(DISTRICTS), snapshot_on=OCTOBER.last, before=OCTOBER.end)
    for district in (*DISTRICTS, registry.OUTSIDE):
        inside = [w for w in people if (w.hukou_division[:6] == district) or
                  (district == registry.OUTSIDE and w.hukou_division[:6] not in DISTRICTS)]  # fmt: skip
        assert found[district][""][""].people == len(inside)
        for dimension in registry.DIMENSIONS:
            assert {key: facts.people for key, facts in found[district][dimension].items()} == counted(
                inside, dimension
            )


def test_published_numbers_equal_those_counted_one_by_one(people):
    figures = compute(OCTOBER, list(DISTRICTS)).sheets
    for division, inside in {
        "500000": people,
        "500116": [w for w in people if w.hukou_division.startswith("500116")],
    }.items():
        assert figures[division]["workers.total"][ALL] == len(inside)
        for dimension in registry.DIMENSIONS:
            expected = counted(inside, dimension)
            published = figures[division][f"workers.by_{dimension}"]
            for key, number in published.items():
                if number is not None:
                    assert number == expected[key], (division, dimension, key)
                if 0 < expected[key] < SMALL_CELL:
                    assert number is None, (division, dimension, key)


def test_mean_income_is_earnings_over_months_worked(people):
    figures = compute(OCTOBER, list(DISTRICTS)).sheets["500000"]
    outgoing = [w for w in people if classify(w)["migration"] in classes.OUTGOING]
    builders = [w for w in people if w.industry == "E"]
    assert figures["income.mean"][ALL] == mean_yuan(people)
    assert figures["income.mean"]["outgoing"] == mean_yuan(outgoing)
    assert figures["income.by_industry"]["construction"] == mean_yuan(builders)


def test_a_full_year_weighs_twelve_times_one_month():
    facts = registry.Facts(people=20, earners=20, earnings_fen=10 * 12 * 500_000 + 10 * 1 * 100_000, months=130)
    assert sheets.mean(facts) == round((12 * 5_000 + 1 * 1_000) / 13)


def test_a_mean_of_nine_people_is_kept_back():
    assert sheets.mean(registry.Facts(people=50, earners=9, earnings_fen=9 * 500_000, months=9)) is None
    assert sheets.mean(registry.Facts(people=50, earners=10, earnings_fen=10 * 500_000, months=10)) == 5_000


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2005, 10, 31), "21_30"),
        (date(2005, 11, 1), "16_20"),
        (date(1975, 10, 31), "over_50"),
        (date(1975, 11, 1), "41_50"),
        (date(2010, 11, 1), classes.UNKNOWN),
        (None, classes.UNKNOWN),
    ],
)
def test_a_birthday_on_the_last_day_counts_as_completed(born, band):
    workers = populate(1, seed=1, registered=lambda draw: OCTOBER.start, homes=("500116",))
    type(workers[0]).objects.update(birth_date=born)
    found = registry.read(["500116"], snapshot_on=OCTOBER.last, before=OCTOBER.end)
    assert list(found["500116"]["age"]) == [band]


def test_the_survey_bands_and_registry_codes_leave_no_code_out():
    for groups, codes in (
        (classes.MIGRATION, classes.MigrationType),
        (classes.EDUCATION, classes.Education),
        (classes.INDUSTRY, classes.Industry),
    ):
        assert sorted(code for group in groups for code in group.codes) == sorted(codes.values)


def test_the_figures_of_all_districts_take_a_fixed_number_of_queries(people, django_assert_num_queries):
    with django_assert_num_queries(5):
        compute(OCTOBER, list(DISTRICTS))
    with django_assert_num_queries(5):
        compute(OCTOBER, [*DISTRICTS, "500112", "500101"])
