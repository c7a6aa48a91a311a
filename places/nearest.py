"""How far two points are from each other. A phone's position comes once, is used once, and is kept nowhere."""

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088  # mean radius (IUGG)


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The haversine formula, on a sphere: wrong by half a per cent at most, which a walker does not notice."""
    here, there = radians(latitude), radians(other_latitude)
    up = sin((there - here) / 2) ** 2
    across = sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, up + cos(here) * cos(there) * across)))
