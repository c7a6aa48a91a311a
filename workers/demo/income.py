"""Monthly incomes whose means agree with NBS by industry, and by region and migration as far as those agree.

Chongqing's people work mostly in the west (4,653), so the regional means cannot give the national total of
5,075; the regions keep their ratios and share one scale. Local and outgoing means (4,376 and 5,774) are scaled in
the same way. Industries are met last and therefore exactly.
"""

import numpy as np

from .joint import INDUSTRIES, MIGRATION, NAMED, published
from .places import REGIONS

LOWEST, HIGHEST = 1_500, 30_000
_ROUNDS = 6


def draw(
    rng: np.random.Generator, industry: np.ndarray, region: np.ndarray, migration: np.ndarray, lift: np.ndarray
) -> np.ndarray:
    """Yuan per month, to the ten; `lift` is what sex, age and schooling do to a person's pay."""
    heads = published()
    total = heads["mean_monthly_income", "migration", "total"]
    pay = total * lift * rng.lognormal(0, 0.26, size=len(industry))
    for _ in range(_ROUNDS):
        pay = _scaled(pay, migration, [heads["mean_monthly_income", "migration", name] for name in MIGRATION], total)
        pay = _scaled(pay, region, [_region_mean(name) for name in REGIONS], total)
        pay = _to_industries(pay, industry, total)
    return np.clip(np.round(pay, -1), LOWEST, HIGHEST).astype(np.int64)


def _region_mean(name: str) -> float:
    return published().get(("mean_monthly_income", "destination_region", name), 8_000.0)  # abroad: an estimate


def _scaled(pay: np.ndarray, group: np.ndarray, means: list[float], total: float) -> np.ndarray:
    """Groups keep the ratios of their published means; the common scale gives the total."""
    target = np.array(means)
    counts = np.bincount(group, minlength=len(means))
    sums = np.bincount(group, weights=pay, minlength=len(means))
    scale = total * counts.sum() / (target @ counts)
    factor = np.where(sums > 0, target * scale * counts / np.where(sums > 0, sums, 1), 1)
    return pay * factor[group]


def _to_industries(pay: np.ndarray, industry: np.ndarray, total: float) -> np.ndarray:
    """The six named industries get their mean, the others together whatever the total leaves for them."""
    counts = np.bincount(industry, minlength=len(INDUSTRIES))
    sums = np.bincount(industry, weights=pay, minlength=len(INDUSTRIES))
    named = np.array([section in NAMED for section in INDUSTRIES])
    target = np.zeros(len(INDUSTRIES))
    for place, section in enumerate(INDUSTRIES):
        if section in NAMED:
            label = NAMED[section].removeprefix("其中：")
            target[place] = published()["mean_monthly_income", "industry", label]
    left = total * counts.sum() - target @ counts
    factor = np.ones(len(INDUSTRIES))
    has = named & (counts > 0)
    factor[has] = target[has] * counts[has] / sums[has]
    factor[~named] = left / max(sums[~named].sum(), 1)
    return pay * factor[industry]
