"""Two publications beside each other: what is hidden does not follow from the other one's numbers."""

import random
from datetime import timedelta

import numpy as np
import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Refusal
from monitoring import beside, services
from monitoring.figures.suppression import ALL, Told, protect, small, with_totals
from monitoring.models import Worksheet
from monitoring.periods import parse

from .people import populate


def told(table, hidden):
    return Told(with_totals(table), frozenset(hidden))


def computable(first, second):
    """What linear algebra finds out of two publications, by somebody who knows which numbers did not change.

    Unknown are the hidden cells of both; the equations are the sums of both, and for each number that is the same in
    both that it is the same. Returns pairs of publication (0, 1) and cell.
    """
    unknown = [(n, cell) for n, (_numbers, hidden) in enumerate((first, second)) for cell in sorted(hidden)]
    place = {key: n for n, key in enumerate(unknown)}
    equations = []
    for n, (numbers, hidden) in enumerate((first, second)):
        for axis in (0, 1):
            for name in {cell[axis] for cell in numbers}:
                line = np.zeros(len(unknown))
                for cell in (cell for cell in hidden if cell[axis] == name):
                    line[place[n, cell]] = -1 if cell[1 - axis] == ALL else 1
                equations.append(line)
    for cell in first.numbers.keys() & second.numbers.keys():
        if first.numbers[cell] != second.numbers[cell]:
            continue
        line = np.zeros(len(unknown))
        for n, sign in ((0, 1), (1, -1)):
            if (n, cell) in place:
                line[place[n, cell]] = sign
        equations.append(line)
    if not unknown:
        return set()
    _u, sizes, basis = np.linalg.svd(np.array(equations))
    free = basis[(sizes > 1e-9).sum() :]
    return {key for n, key in enumerate(unknown) if not np.any(np.abs(free[:, n]) > 1e-9)}


def lost(before, now, hidden_before, hidden_now):
    """The small numbers of either publication that can be computed."""
    first, second = told(before, hidden_before), told(now, hidden_now)
    return {(n, cell) for n, cell in computable(first, second) if cell in small((first, second)[n].numbers)}


def months(seed, *, rows=7, columns=4, moves=6):
    """A table with many small numbers, and the same a month later: a few cells have moved a little."""
    draw = random.Random(seed)
    sizes = [0, 1, 3, 7, 9, 12, 15, 30, 80, 300]
    before = {f"d{r}": {f"c{c}": draw.choice(sizes) for c in range(columns)} for r in range(rows)}
    now = {row: dict(cells) for row, cells in before.items()}
    for _ in range(moves):
        row, column = draw.choice(list(now)), f"c{draw.randrange(columns)}"
        now[row][column] = max(0, now[row][column] + draw.choice([-12, -5, -1, 1, 1, 2, 5, 40]))
    return before, now


def test_hidden_by_another_neighbour_a_small_number_follows_from_two_months_together():
    """The attack: each month is safe by itself, the two together are not."""
    before = {"A": {"x": 5, "y": 40, "z": 90}, "B": {"x": 50, "y": 60, "z": 70}, "C": {"x": 45, "y": 35, "z": 80}}
    hidden_before = {("A", "x"), ("A", "y"), ("B", "x"), ("B", "y")}
    hidden_now = {("A", "x"), ("A", "z"), ("C", "x"), ("C", "z")}
    assert (0, ("A", "x")) in computable(told(before, hidden_before), told(before, hidden_now))
    assert lost(before, before, hidden_before, hidden_before) == set()


def test_without_looking_back_small_numbers_do_follow():
    """Negative control: the same months, protected each by itself, lose some."""
    losses = 0
    for seed in range(60):
        before, now = months(seed)
        losses += bool(lost(before, now, protect({"t": before})["t"], protect({"t": now})["t"]))
    assert losses > 5


@pytest.mark.parametrize("seed", range(60))
def test_no_small_number_follows_from_two_months_together(seed):
    before, now = months(seed)
    hidden_before = protect({"t": before})["t"]
    hidden_now = protect({"t": now}, [{"t": told(before, hidden_before)}])["t"]
    assert lost(before, now, hidden_before, hidden_now) == set()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.integers(3, 6), st.integers(2, 4), st.integers(0, 12))
def test_nor_in_tables_of_any_shape(seed, rows, columns, moves):
    before, now = months(seed, rows=rows, columns=columns, moves=moves)
    hidden_before = protect({"t": before})["t"]
    hidden_now = protect({"t": now}, [{"t": told(before, hidden_before)}])["t"]
    assert lost(before, now, hidden_before, hidden_now) == set()


def test_a_chain_of_months_is_safe_from_one_to_the_next():
    before, hidden, draw = months(5)[0], None, random.Random(11)
    hidden = protect({"t": before})["t"]
    for _month in range(12):
        now = {
            row: {c: max(0, n + draw.choice([0, 0, 0, 1, 2, -1])) for c, n in cells.items()}
            for row, cells in before.items()
        }
        hidden_now = protect({"t": now}, [{"t": told(before, hidden)}])["t"]
        assert lost(before, now, hidden, hidden_now) == set()
        before, hidden = now, hidden_now


def test_a_late_correction_is_safe_beside_the_month_before_and_after():
    before, now = months(21)
    _same, after = now, months(22)[1]
    h_before, h_after = protect({"t": before})["t"], protect({"t": after})["t"]
    past = [{"t": told(before, h_before)}, {"t": told(after, h_after)}]
    hidden = protect({"t": now}, past)["t"]
    assert lost(before, now, h_before, hidden) == set()
    assert lost(after, now, h_after, hidden) == set()


def test_what_was_small_stays_hidden_once_more_and_is_told_the_month_after():
    tables = [
        {"A": {"x": people, "y": 40, "z": 90}, "B": {"x": 50, "y": 60, "z": 70}, "C": {"x": 45, "y": 35, "z": 80}}
        for people in (8, 12, 13)
    ]
    first = protect({"t": tables[0]})["t"]
    second = protect({"t": tables[1]}, [{"t": told(tables[0], first)}])["t"]
    third = protect({"t": tables[2]}, [{"t": told(tables[1], second)}])["t"]
    assert ("A", "x") in first and ("A", "x") in second
    assert third == set()


def test_a_first_publication_is_as_it_was():
    before, _now = months(3)
    assert protect({"t": before}, []) == protect({"t": before})
    assert protect({"t": before}, [{"another": told(before, set())}]) == protect({"t": before})


@pytest.fixture
def two_months(registry, november, city_official):
    """September published, then October built after thirty more people registered; few of them in any one class."""
    homes = ["500101001", "500116001", "500236001", "500112001"]
    september = services.build(parse("2026-09"), by=None, at=november - timedelta(days=30))
    september = services.publish(september, by=city_official, at=november - timedelta(days=28))
    populate(30, seed=9, homes=homes, registered=lambda draw: november - timedelta(days=draw.randrange(3, 28)))
    return september, services.build(parse("2026-10"), by=None, at=november)


def kept(report):
    """Each protected table of a report as it was told."""
    return {
        sheet.name: told(sheet.numbers, [tuple(cell) for cell in sheet.hidden]) for sheet in report.worksheets.all()
    }


@pytest.mark.django_db
def test_two_months_of_the_registry_do_not_betray_each_other(two_months):
    first, second = (kept(report) for report in two_months)
    assert {"workers.by_sex", "workers.by_industry", "housing.queue:waiting", "wages.cases:open"} <= first.keys()
    hidden = 0
    for name in first.keys() & second.keys():
        both = first[name], second[name]
        assert not {(n, cell) for n, cell in computable(*both) if cell in small(both[n].numbers)}, name
        hidden += len(second[name].hidden)
    assert hidden > 20


@pytest.mark.django_db
def test_what_is_hidden_in_the_worksheet_is_hidden_in_the_sheet(two_months):
    _september, october = two_months
    sheets = dict(october.sheets.values_list("division_id", "figures"))
    for name, table in kept(october).items():
        if not name.startswith("workers.by_"):
            continue
        for row, column in table.hidden:
            if row in sheets and column != ALL:
                assert sheets[row][name][column] is None
            elif row in sheets:
                assert sheets[row]["workers.total"][ALL] is None


@pytest.mark.django_db
def test_a_draft_is_built_again_when_a_neighbour_was_published_after_it(two_months, city_official, november):
    _september, october = two_months
    correction = services.build(parse("2026-09"), by=None, at=november + timedelta(hours=1))
    services.publish(correction, by=city_official, at=november + timedelta(hours=2))
    with pytest.raises(Refusal, match="2026-09 又有新版"):
        services.publish(october, by=city_official, at=november + timedelta(hours=3))
    october = services.build(parse("2026-10"), by=None, at=november + timedelta(hours=4))
    assert services.publish(october, by=city_official, at=november + timedelta(hours=5)).state == "published"


@pytest.mark.django_db
def test_a_published_worksheet_does_not_change(two_months):
    september, _october = two_months
    with pytest.raises(IntegrityError, match="do not change"), transaction.atomic():
        Worksheet.objects.filter(report=september).update(hidden=[])


@pytest.mark.django_db
def test_what_happened_within_a_month_is_not_compared_with_another_month(two_months):
    flows = {"jobs.placements:all", "wages.cases:filed", "wages.cases:closed", "wages.cases:due"}
    neighbour, own = beside.told(parse("2026-10"))[0], beside.told(parse("2026-09"))[0]
    assert not flows & neighbour.keys()
    assert flows <= own.keys()


@pytest.mark.django_db
def test_a_withdrawn_version_was_read_and_counts(two_months, city_official, november):
    september, _october = two_months
    services.withdraw(september, by=city_official, at=november, reason="口径有误")
    assert len(beside.told(parse("2026-10"))) == 1


@pytest.mark.django_db
def test_nobody_can_open_a_worksheet(client_of, city_official):
    assert not admin.site.is_registered(Worksheet)
    assert "monitoring/worksheet" not in client_of(city_official).get("/admin/").text
