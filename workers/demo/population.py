"""People by columns: the joint table gives the skeleton, this module the rest of the 65 indicators."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from ..code_lists import TRADES, Education
from . import details, income, joint, names, numbers, places
from .details import Columns, pick
from .places import Places

CHUNK = 20_000
OLDEST = 75
# Shares of people of whom an indicator is unknown; what the reports count is always known.
UNKNOWN = {
    "household_no": 0.3, "household_labour": 0.25, "left_behind": 0.2, "political_status": 0.15, "occupation": 0.1,
    "employment_form": 0.1, "contract_type": 0.15, "job_start": 0.12, "wage_method": 0.12, "wage_cycle": 0.1,
    "payroll_account": 0.2, "medical_type": 0.05, "residence_permit": 0.1, "housing_tenure": 0.15, "living_area": 0.3,
    "integration": 0.3, "adaptation": 0.3, "startup_need": 0.4, "social_card": 0.08, "months_worked": 0.05,
}  # fmt: skip


@dataclass(frozen=True)
class Generator:
    """Draws people chunk by chunk. A chunk depends on the seed, its number and its size, and on no other chunk."""

    seed: int
    today: date
    places: Places
    employers: dict[str, list[tuple[str, str]]]
    chunk: int = CHUNK

    def rng(self, number: int, purpose: str) -> np.random.Generator:
        """A source of randomness of its own for each chunk and purpose, so that one more draw changes nothing else."""
        return np.random.default_rng([self.seed, number, *purpose.encode()])

    def draw(self, number: int, size: int) -> Columns:
        """Everything about the people of one chunk."""
        rng = self.rng(number, "people")
        axes = joint.draw(rng, size)
        where = places.draw(rng, self.places, axes["migration"] == 1)
        is_female = axes["sex"] == 1
        birth = numbers.spread(_birth_dates(rng, axes["age"], self.today), is_female)
        year = birth.astype("datetime64[Y]").astype(int) + 1970
        full_name, pinyin = names.draw(rng, is_female, year)
        education = _education(rng, axes["education"])
        trade = _trades(rng, axes["industry"], is_female)
        months = np.clip(rng.gamma(2.2, 32, size), 0, (self.today.year - year - 16) * 12).astype(int)
        skill = _skill(rng, trade, months)
        lift = _lift(is_female, year, self.today, axes["education"], skill)
        pay = income.draw(rng, axes["industry"], where["region"], axes["migration"], lift)
        columns: Columns = {
            "id_number": numbers.id_numbers(number, birth, is_female),
            "mobile": numbers.phones(number * self.chunk, size),
            "full_name": full_name,
            "name_pinyin": pinyin,
            "sex": np.where(is_female, "2", "1"),
            "birth_date": birth,
            "hukou_division": where["hukou"],
            "work_division": where["work"],
            "migration_type": where["kind"],
            "education": education,
            "industry": np.array([str(section) for section in joint.INDUSTRIES])[axes["industry"]],
            "trade": trade,
            "occupation": np.array([str(TRADES[code].label) for code in trade.tolist()]),
            "skill_level": skill,
            "monthly_income_fen": pay * 100,
            "experience_months": months,
        }
        columns |= details.identity(rng, where["hukou"], year, self.today)
        columns |= details.family(rng, axes, year, self.today)
        columns |= details.work(rng, axes, where["kind"], self.employers, columns["industry"], self.today)
        columns |= details.insurance(rng, columns["employment_form"], columns["industry"], year, self.today)
        columns |= details.living(rng, columns, where)
        return columns

    def unknown(self, number: int, size: int) -> dict[str, np.ndarray]:
        """Of whom the registry does not know which column."""
        rng = self.rng(number, "unknown")
        return {name: rng.random(size) < share for name, share in UNKNOWN.items()}


def _birth_dates(rng: np.random.Generator, band: np.ndarray, today: date) -> np.ndarray:
    """A birth date whose age today lies in the band; within it the older are likelier up to 50, then rarer."""
    first, last = np.array([16, 21, 31, 41, 51]), np.array([20, 30, 40, 50, OLDEST])
    spread = rng.random(len(band))
    curve = np.array([0.7, 0.75, 0.95, 0.95, 2.2])[band]
    age = (first[band] + spread**curve * (last - first + 1)[band]).astype(int)
    start = np.datetime64(today, "D") - (age + 1) * 365 - (age + 1) // 4 + 2
    return start + rng.integers(0, 360, size=len(band))


def _education(rng: np.random.Generator, level: np.ndarray) -> np.ndarray:
    codes = np.array([Education.NONE, Education.PRIMARY, Education.JUNIOR, Education.HIGH, Education.COLLEGE])[level]
    high, college = level == 3, level == 4
    codes[high] = pick(rng, int(high.sum()), {Education.HIGH: 45, Education.VOCATIONAL: 55})
    degrees = {Education.COLLEGE: 66, Education.BACHELOR: 33, Education.GRADUATE: 1}
    codes[college] = pick(rng, int(college.sum()), degrees)
    return codes


_WOMEN_DO = {"maternity_nurse": 30, "sewer": 5, "cashier": 6, "cleaner": 3, "housekeeper": 9, "carer": 4, "waiter": 2}
_WOMEN_DO |= {"driver": 0.04, "welder": 0.06, "tower_crane": 0.3, "excavator": 0.02, "scaffolder": 0.02, "miner": 0.05}
_WOMEN_DO |= {"electrician": 0.05, "rebar": 0.2, "carpenter": 0.1, "guard": 0.1, "car_mechanic": 0.03, "tiler": 0.2}
_COMMON = {"builder_helper": 3, "factory_hand": 5, "assembler": 3, "driver": 2, "cleaner": 2, "food_courier": 2}
# Sections without a trade of their own borrow from these.
_BORROW = {"D": ["electrician", "property_keeper"], "P": ["cleaner", "cook"], "Q": ["carer", "cleaner"]}
_BORROW |= {"R": ["waiter", "guard"], "S": ["cleaner", "guard"]}


def _trades(rng: np.random.Generator, industry: np.ndarray, is_female: np.ndarray) -> np.ndarray:
    """A trade of the industry, with what is mostly women's or men's work."""
    result = np.empty(len(industry), dtype="U20")
    for place, section in enumerate(joint.INDUSTRIES):
        codes = [row.code for row in TRADES.values() if row.industry == section] or _BORROW[str(section)]
        common = {code: _COMMON.get(code, 1.0) for code in codes}
        for female in (False, True):
            who = np.flatnonzero((industry == place) & (is_female == female))
            weights = {code: w * (_WOMEN_DO.get(code, 1.0) if female else 1.0) for code, w in common.items()}
            if not female:
                weights = {code: w * (0.02 if code == "maternity_nurse" else 1) for code, w in weights.items()}
            result[who] = pick(rng, len(who), weights)
    return result


_GRADED = {"electric", "metal", "machines", "structure", "care", "kitchen"}


def _skill(rng: np.random.Generator, trade: np.ndarray, months: np.ndarray) -> np.ndarray:
    """Three in ten of those in graded trades hold a level, and it grows with years."""
    graded = np.array([TRADES[code].family in _GRADED for code in trade.tolist()])
    has = graded & (rng.random(len(trade)) < 0.30)
    level = np.clip(1 + months / 48 + rng.normal(0, 0.8, len(trade)), 1, 6).astype(int)
    return np.where(has, level.astype("U1"), "")


def _lift(is_female: np.ndarray, year: np.ndarray, today: date, education: np.ndarray, skill: np.ndarray) -> np.ndarray:
    """How sex, age, schooling and skill move pay; levels are set afterwards."""
    age = today.year - year
    hump = 1 - ((age - 38) / 60.0) ** 2
    school = np.array([0.85, 0.9, 1.0, 1.06, 1.18])[education]
    grade = 1 + 0.05 * np.where(skill == "", "0", skill).astype(int)
    return np.where(is_female, 0.86, 1.06) * hump * school * grade
