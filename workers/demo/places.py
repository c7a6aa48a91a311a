"""Where people are registered and where they went: townships, districts, provinces."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from core.models import Division

from ..derive import ABROAD

# Where workers of Chongqing go, by province (estimates; NBS publishes regions only), and their NBS region.
_PULL = {
    "东部": {"44": 30, "33": 17, "35": 10, "32": 9, "31": 5, "11": 3, "37": 2, "13": 1, "12": 1, "46": 1},
    "中部": {"42": 3, "43": 2, "36": 1, "41": 1, "14": 1},
    "西部": {"51": 8, "52": 4, "53": 4, "65": 3, "61": 1, "45": 1, "54": 1},
    "东北": {"21": 0.6, "23": 0.3},
}
REGIONS = ["东部", "中部", "西部", "东北", "境外"]
# The nine central districts draw most of those who stay in the city; two of them ended on 2025-11-06.
_CENTRAL = {"500103", "500104", "500106", "500107", "500108", "500109", "500113"}
CROSS_PROVINCE, IN_DISTRICT = 0.44, 0.20  # of the outgoing: NBS for the western origin; an estimate
ABROAD_SHARE = 0.005


@dataclass(frozen=True)
class Places:
    """Townships with how likely somebody is registered there, and districts with how likely somebody works there."""

    townships: np.ndarray
    township_weights: np.ndarray
    districts: np.ndarray
    district_weights: np.ndarray

    @classmethod
    def read(cls, day: date) -> "Places":
        rows = Division.objects.filter(level=Division.Level.TOWNSHIP).order_by("code").values_list("code", "name")
        townships = np.array([code for code, _name in rows])
        # Migrant workers are registered in the country: a street office counts a quarter of a town.
        weights = np.array([0.25 if name.endswith("街道") else 1.0 for _code, name in rows])
        districts = np.array(list(Division.objects.districts(day).values_list("code", flat=True)))
        pull = np.array([6.0 if code in _CENTRAL else 1.5 for code in districts])
        return cls(townships, weights / weights.sum(), districts, pull / pull.sum())


def draw(rng: np.random.Generator, places: Places, is_outgoing: np.ndarray) -> dict[str, np.ndarray]:
    """Registered township, place of work, kind of migration and NBS region of the work."""
    size = len(is_outgoing)
    home = places.townships[rng.choice(len(places.townships), size=size, p=places.township_weights)]
    kind = _kinds(rng, is_outgoing)
    work = home.astype("U9")
    district = home.astype("U6")
    county, city, province = (np.flatnonzero(kind == code) for code in "234")
    work[county] = district[county]
    work[city] = _other_district(rng, places, district[city])
    weights = {code: weight for region in _PULL.values() for code, weight in region.items()}
    pull = np.array(list(weights.values()))
    work[province] = rng.choice(list(weights), size=len(province), p=pull / pull.sum())
    work[kind == "5"] = ABROAD
    region_of = {code: REGIONS.index(region) for region, codes in _PULL.items() for code in codes}
    region = np.full(size, REGIONS.index("西部"))
    region[province] = [region_of[code] for code in work[province].tolist()]
    region[kind == "5"] = REGIONS.index("境外")
    return {"hukou": home, "work": work, "kind": kind, "region": region}


def _kinds(rng: np.random.Generator, is_outgoing: np.ndarray) -> np.ndarray:
    """Migration type codes with exact shares: 1 local, 2 in the district, 3 in the city, 4 province, 5 abroad."""
    kind = np.full(len(is_outgoing), "1")
    out = np.flatnonzero(is_outgoing)
    edges = np.cumsum([IN_DISTRICT, 1 - IN_DISTRICT - CROSS_PROVINCE, CROSS_PROVINCE - ABROAD_SHARE])
    ranks = rng.permutation(len(out)) / max(len(out), 1)
    kind[out] = np.array(list("2345"))[np.searchsorted(edges, ranks, side="right")]
    return kind


def _other_district(rng: np.random.Generator, places: Places, own: np.ndarray) -> np.ndarray:
    """A district that is not the own one; the second choice settles the few that met their own."""
    picks = rng.choice(len(places.districts), size=(2, len(own)), p=places.district_weights)
    first, second = places.districts[picks]
    settled = np.where(first != own, first, second)
    return np.where(settled != own, settled, np.where(own == "500106", "500107", "500106"))
