"""The indicators around the joint table's skeleton: family, work, insurance, living. Weights are estimates."""

from datetime import date
from functools import lru_cache

import numpy as np

from ..code_lists import EmploymentStatus as Status
from ..code_lists import LeftBehind, Marital
from .text import digits

# A column of the registry as an array; "" is unknown, and several codes are an array literal.
Columns = dict[str, np.ndarray]


_SHADES = 65_536  # of two random bytes: weights come out to a hundredth of a per mille


def pick(rng: np.random.Generator, size: int, weights: dict[str, float]) -> np.ndarray:
    """Codes drawn with these weights."""
    return _spread(tuple(weights.items()))[rng.integers(_SHADES, size=size, dtype=np.uint16)]


@lru_cache(maxsize=512)
def _spread(weights: tuple[tuple[str, float], ...]) -> np.ndarray:
    """Each code as often as its weight says, to be drawn from evenly."""
    codes, pull = np.array([code for code, _weight in weights]), np.array([weight for _code, weight in weights])
    edges = np.cumsum(pull) * _SHADES / pull.sum()
    return codes[np.searchsorted(edges, np.arange(_SHADES) + 0.5)]


def identity(rng: np.random.Generator, hukou: np.ndarray, year: np.ndarray, today: date) -> Columns:
    size = len(hukou)
    serial = rng.integers(10**6, size=size)
    district = hukou.astype("U6")
    minority = np.isin(district, ["500240", "500241", "500242", "500243", "500114"])
    ethnicity = np.where(
        minority, pick(rng, size, {"15": 48, "06": 25, "01": 27}), pick(rng, size, {"01": 97, "15": 2, "06": 1})
    )
    political = np.where(
        (today.year - year) < 29,
        pick(rng, size, {"03": 40, "13": 58, "01": 2}),
        pick(rng, size, {"13": 95, "01": 5}),
    )
    return {
        "ethnicity": ethnicity,
        "political_status": political,
        "hukou_type": pick(rng, size, {"1": 55, "3": 45}),
        "household_no": np.strings.add(hukou, digits(serial, 6).view("S6").ravel().astype("U6")),
    }


def family(rng: np.random.Generator, axes: dict[str, np.ndarray], year: np.ndarray, today: date) -> Columns:
    size, age = len(year), today.year - year
    marital = np.array([Marital.SINGLE, Marital.MARRIED, Marital.DIVORCED])[axes["marital"]]
    ended = axes["marital"] == 2
    marital[ended] = np.where(rng.random(int(ended.sum())) < np.clip((age[ended] - 40) / 40, 0.05, 0.7), "30", "40")
    parent = (marital != "10") & (age >= 22) & (age <= 50)
    minors = np.where(parent, rng.choice([0, 1, 2, 3], size=size, p=[0.25, 0.45, 0.25, 0.05]), 0)
    came_along = np.where(rng.random(size) < np.where(axes["migration"] == 1, 0.35, 0.9), minors, 0)
    household = np.clip(rng.poisson(1.4, size) + np.where(marital == "20", 2, 1) + minors, 1, 12)
    left = np.where(axes["migration"] == 1, rng.integers(0, 8, size), 0)
    patterns = np.array([_bits(n) for n in range(8)])
    return {
        "marital_status": marital,
        "household_size": household,
        "household_labour": np.clip(household - minors - rng.integers(0, 2, size), 1, 8),
        "minor_children": minors,
        "accompanying_children": came_along,
        "left_behind": patterns[left],
        "poverty_monitoring": pick(rng, size, {"1": 88, "2": 10, "3": 1, "4": 0.7, "5": 0.3}),
    }


def _bits(number: int) -> str:
    """An array literal of the left-behind codes in a bit pattern."""
    codes = [LeftBehind.CHILDREN, LeftBehind.WOMEN, LeftBehind.ELDERLY]
    return "{" + (",".join(str(code) for i, code in enumerate(codes) if number >> i & 1) or "0") + "}"


def work(
    rng: np.random.Generator,
    axes: dict[str, np.ndarray],
    kind: np.ndarray,
    employers: dict[str, list[tuple[str, str]]],
    industry: np.ndarray,
    today: date,
) -> Columns:
    size = len(industry)
    status = pick(rng, size, {"1": 60, "2": 22, "3": 7, "4": 3, "5": 6, "6": 1, "7": 1})
    form = pick(rng, size, {"1": 62, "2": 5, "3": 6, "4": 9, "6": 2, "7": 16})
    form[status == Status.OWN_BUSINESS] = "5"
    uscc, name = _employers(rng, employers, industry, (status == "1") & np.isin(kind, ["1", "2", "3"]))
    building = industry == "E"
    contract = np.where(
        building, pick(rng, size, {"3": 45, "2": 25, "5": 30}), pick(rng, size, {"2": 52, "1": 8, "4": 8, "5": 32})
    )
    contract[np.isin(status, ["2", "3", "4", "5", "6", "7"])] = ""
    started = np.datetime64(today, "D") - rng.gamma(1.3, 500, size).astype(int) - 5
    return {
        "employment_status": status,
        "employment_form": form,
        "employer_uscc": uscc,
        "employer_name": name,
        "contract_type": contract,
        "job_start": started,
        "months_worked": np.clip(rng.normal(9, 2, size), 0, min(today.month, 12)).astype(int),
        "entrepreneurship": np.where(status == "3", pick(rng, size, {"1": 80, "2": 12, "3": 5, "4": 3}), "0"),
        "wage_method": np.where(
            building, pick(rng, size, {"1": 72, "2": 18, "3": 10}), pick(rng, size, {"2": 80, "3": 14, "9": 6})
        ),
        "wage_cycle": np.where(
            building,
            pick(rng, size, {"1": 60, "3": 30, "5": 10}),
            pick(rng, size, {"1": 80, "3": 6, "4": 4, "5": 10}),
        ),
        "payroll_account": pick(rng, size, {"1": 48, "2": 44, "0": 8}),
        "training_count": rng.choice([0, 1, 2, 3], size=size, p=[0.72, 0.2, 0.06, 0.02]),
        "startup_need": pick(rng, size, {"0": 84, "1": 9, "2": 2, "3": 3, "4": 2}),
    }


def _employers(
    rng: np.random.Generator, known: dict[str, list[tuple[str, str]]], industry: np.ndarray, at_work: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The demo's employers for those employed inside the city; nobody else's employer is named."""
    longest = max([1, *(len(name) for rows in known.values() for _code, name in rows)])
    codes, labels = (np.full(len(industry), "", dtype=f"U{width}") for width in (18, longest))
    for section, rows in known.items():
        who = np.flatnonzero(at_work & (industry == section))
        chosen = rng.integers(len(rows), size=len(who))
        codes[who] = np.array([code for code, _name in rows])[chosen]
        labels[who] = np.array([name for _code, name in rows])[chosen]
    return codes, labels


def insurance(
    rng: np.random.Generator, form: np.ndarray, industry: np.ndarray, year: np.ndarray, today: date
) -> Columns:
    size = len(form)
    formal = np.isin(form, ["1", "3"]) & (rng.random(size) < 0.55)
    pension = np.where(formal, "1", pick(rng, size, {"3": 86, "2": 9, "0": 5}))
    months = np.clip(rng.gamma(2, 40, size), 0, np.maximum((today.year - year - 18) * 12, 0)).astype(int)
    return {
        "pension_type": pension,
        "pension_months": np.where(pension == "0", 0, months),
        "medical_type": np.where(formal, "1", pick(rng, size, {"2": 90, "3": 6, "0": 4})),
        "work_injury": np.where(industry == "E", pick(rng, size, {"2": 92, "0": 8}), np.where(formal, "1", "0")),
        "unemployment_ins": formal,
        "housing_fund": np.where(formal & (rng.random(size) < 0.35), "1", "0"),
        "social_card": pick(rng, size, {"1": 66, "2": 31, "0": 3}),
    }


def living(rng: np.random.Generator, columns: Columns, where: dict[str, np.ndarray]) -> Columns:
    kind, size = where["kind"], len(where["kind"])
    away = kind != "1"
    tenure = np.where(
        away,
        pick(rng, size, {"1": 26, "4": 24, "5": 20, "2": 9, "3": 3, "6": 4, "7": 12, "8": 1, "9": 1}),
        pick(rng, size, {"7": 20, "8": 4, "9": 76}),
    )
    tenure[(columns["industry"] == "E") & away & (rng.random(size) < 0.4)] = "2"
    residence = np.where(np.isin(kind, ["4", "5"]), "", where["work"]).astype("U9")
    children = np.asarray(columns["accompanying_children"])
    schools = {"{3}": 60, "{1}": 10, "{2}": 14, "{1,3}": 8, "{5}": 8}
    adapted = np.clip(rng.normal(3.9, 0.8, size), 1, 5).astype(int)
    return {
        "residence_division": residence,
        "residence_permit": np.where(kind == "3", pick(rng, size, {"1": 62, "2": 8, "3": 5, "0": 25}), "0"),
        "residence_months": np.clip(rng.gamma(1.5, 40, size), 0, 400).astype(int),
        "housing_tenure": tenure,
        "living_area": np.round(np.clip(rng.lognormal(3.1, 0.48, size), 3, 120), 1),
        "child_school": np.where(children > 0, pick(rng, size, schools), "{}"),
        "integration": np.where(away, pick(rng, size, {"1": 8, "2": 34, "3": 22, "4": 36}), "3"),
        "adaptation": adapted,
        "assistance_class": pick(rng, size, {"0": 95, "1": 1.5, "2": 1, "3": 1, "4": 0.8, "5": 0.7}),
    }
