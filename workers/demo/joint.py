"""One joint table of migration, sex, age, schooling, industry and marriage that agrees with the NBS figures.

Iterative proportional fitting: a first guess says which combinations are likely (education falls with age,
builders are mostly men, the young are single), then its margins are scaled until they equal the published ones.
The published sub-groups do not agree with the published headcounts; totals are met first, sub-groups shifted by
at most two points (domain note: implied outgoing weight 0.47–0.53 against 0.598).
"""

import csv
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..code_lists import Industry as Ind

DATA = Path(__file__).resolve().parents[1] / "data" / "nbs.csv"
YEAR = "2025"

MIGRATION = ["local", "outgoing"]
SEX = ["男", "女"]
AGE = ["16-20岁", "21-30岁", "31-40岁", "41-50岁", "50岁以上"]
EDUCATION = ["未上过学", "小学", "初中", "高中", "大专及以上"]
MARITAL = ["未婚", "有配偶", "丧偶或离婚"]
INDUSTRIES = [Ind(code) for code in "ACEBDFGHOIKLNPQRS"]
NAMED = {
    Ind.MANUFACTURING: "其中：制造业",
    Ind.CONSTRUCTION: "其中：建筑业",
    Ind.TRADE: "其中：批发和零售业",
    Ind.TRANSPORT: "其中：交通运输仓储和邮政业",
    Ind.CATERING: "其中：住宿和餐饮业",
    Ind.RESIDENT_SERVICES: "其中：居民服务修理和其他服务业",
}
AXES = ("migration", "sex", "age", "education", "industry", "marital")


@lru_cache(maxsize=1)
def published() -> dict[tuple[str, str, str], float]:
    """(measure, breakdown, category) → value of 2025."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == YEAR]
    return {(row["measure"], row["breakdown"], row["category"]): float(row["value"]) for row in rows}


def shares(breakdown: str, categories: list[str]) -> np.ndarray:
    """Published shares as fractions."""
    return np.array([published()["share", breakdown, name] for name in categories]) / 100


def outgoing_share() -> float:
    heads = published()
    return heads["headcount", "migration", "outgoing"] / heads["headcount", "migration", "total"]


def education_shares() -> np.ndarray:
    """2025 merges all below senior high; they are split as in 2023 (0.8 : 13.8 : 52.1)."""
    low, high, college = shares("education", ["初中及以下", "高中", "大专及以上"])
    split = np.array([0.8, 13.8, 52.1])
    return np.array([*(low * split / split.sum()), high, college])


def industry_shares() -> np.ndarray:
    """The six named industries as published, the rest of each sector over its smaller sections."""
    total = published()
    one, two, three = (total["share", "industry", f"第{n}产业"] / 100 for n in "一二三")
    named = {section: total["share", "industry", label] / 100 for section, label in NAMED.items()}
    rest_two = two - named[Ind.MANUFACTURING] - named[Ind.CONSTRUCTION]
    rest_three = three - sum(named[s] for s in (Ind.TRADE, Ind.TRANSPORT, Ind.CATERING, Ind.RESIDENT_SERVICES))
    weights = {
        Ind.SOFTWARE: 2,
        Ind.REAL_ESTATE: 3,
        Ind.LEASING: 4,
        Ind.PUBLIC_FACILITIES: 2,
        Ind.TEACHING: 1,
        Ind.HEALTH: 2,
    }
    weights |= {Ind.CULTURE: 1, Ind.GOVERNMENT: 1}
    small = {section: rest_three * w / sum(weights.values()) for section, w in weights.items()}
    small |= {Ind.FARMING: one, Ind.MINING: rest_two * 0.5, Ind.UTILITIES: rest_two * 0.5}
    return np.array([{**named, **small}[section] for section in INDUSTRIES])


def _female_by_migration() -> np.ndarray:
    """Published for each group, shifted by the same amount until the total is the published one."""
    weights = np.array([1 - outgoing_share(), outgoing_share()])
    stated = np.array([published()["female_share", "migration", name] for name in MIGRATION]) / 100
    female = stated + (shares("sex", ["女"])[0] - weights @ stated)
    return np.stack([(1 - female) * weights, female * weights], axis=1)


def _age_by_migration() -> np.ndarray:
    """Those who stayed are older; the outgoing share of each band is solved from the totals."""
    local = np.array([0.007, 0.088, 0.212, 0.250, 0.443]) * (1 - outgoing_share())
    return np.stack([local, shares("age", AGE) - local])


def _first_guess() -> np.ndarray:
    """How likely combinations are before the margins are met; only ratios matter."""
    age_education = np.array(
        [[0.02, 0.3, 4, 5, 5], [0.05, 0.8, 5, 4, 7], [0.1, 1.5, 9, 4, 4.5], [0.3, 5, 15, 3, 1.2], [1.5, 9, 15, 2, 0.35]]
    )
    age_marital = np.array([[97, 3, 0.1], [55, 43, 1], [14, 82, 3.5], [5, 89, 6], [3, 89, 8]])
    migration_marital = np.array([[0.6, 1.1, 1.0], [1.2, 0.95, 1.0]])
    female = {Ind.CONSTRUCTION: 0.13, Ind.MINING: 0.1, Ind.TRANSPORT: 0.15, Ind.MANUFACTURING: 0.8, Ind.CATERING: 1.9}
    female |= {
        Ind.TRADE: 1.7,
        Ind.RESIDENT_SERVICES: 1.5,
        Ind.HEALTH: 3,
        Ind.TEACHING: 2.5,
        Ind.UTILITIES: 0.4,
        Ind.SOFTWARE: 0.9,
    }
    sex_industry = np.array([[1.0] * len(INDUSTRIES), [female.get(section, 1.0) for section in INDUSTRIES]])
    young = {
        Ind.SOFTWARE: 3,
        Ind.CATERING: 1.3,
        Ind.CULTURE: 2,
        Ind.CONSTRUCTION: 0.6,
        Ind.FARMING: 0.3,
        Ind.MANUFACTURING: 1.3,
    }
    slope = np.linspace(1, -1, len(AGE))[:, None]
    age_industry = np.array([young.get(section, 1.0) for section in INDUSTRIES])[None, :] ** slope
    schooled = {
        Ind.SOFTWARE: 3,
        Ind.TEACHING: 3,
        Ind.HEALTH: 2,
        Ind.CONSTRUCTION: 0.5,
        Ind.FARMING: 0.5,
        Ind.GOVERNMENT: 1.5,
    }
    climb = np.linspace(-1, 1, len(EDUCATION))[:, None]
    education_industry = np.array([schooled.get(section, 1.0) for section in INDUSTRIES])[None, :] ** climb
    stays = {Ind.FARMING: 3, Ind.MANUFACTURING: 0.75, Ind.TRADE: 1.3, Ind.CONSTRUCTION: 1.1}
    migration_industry = np.array([[stays.get(section, 1.0) for section in INDUSTRIES], [1.0] * len(INDUSTRIES)])
    return np.einsum(
        "ae,ak,mk,si,ai,ei,mi->msaeik",
        age_education, age_marital, migration_marital, sex_industry, age_industry, education_industry,
        migration_industry,
    )  # fmt: skip


def _margins() -> list[tuple[tuple[int, ...], np.ndarray]]:
    return [
        ((0, 1), _female_by_migration()),
        ((0, 2), _age_by_migration()),
        ((3,), education_shares()),
        ((4,), industry_shares()),
        ((5,), shares("marital", MARITAL)),
    ]


@lru_cache(maxsize=1)
def table(rounds: int = 60) -> np.ndarray:
    """The fitted joint shares over `AXES`; they sum to 1."""
    joint = _first_guess()
    for _ in range(rounds):
        for axes, target in _margins():
            others = tuple(axis for axis in range(joint.ndim) if axis not in axes)
            now = joint.sum(axis=others, keepdims=True)
            shape = [joint.shape[axis] if axis in axes else 1 for axis in range(joint.ndim)]
            joint = joint * (target / target.sum()).reshape(shape) / np.where(now > 0, now, 1)
    return joint


def draw(rng: np.random.Generator, size: int) -> dict[str, np.ndarray]:
    """`size` people as one index array per axis, in random order.

    Systematic sampling over the cells: one random start, equal steps. So every margin is met to a few people
    even in a small sample, which independent draws would not do.
    """
    cumulative = np.cumsum(table().ravel())
    points = (np.arange(size) + rng.random()) / size * cumulative[-1]
    cells = np.searchsorted(cumulative, points, side="right")
    rng.shuffle(cells)
    return dict(zip(AXES, np.unravel_index(cells, table().shape), strict=True))
