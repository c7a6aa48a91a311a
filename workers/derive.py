"""Computed indicators: migration type (27) from registered residence and place of work."""

from core.divisions import CITY_PREFIX, district_of

from .code_lists import MigrationType

ABROAD = "99"
_TOWNSHIP = 9


def migration_type(hukou: str, work: str) -> str:
    """Where the work is, seen from the registered residence; empty while one of them is unknown.

    本地 means within the registered township (NBS). A place of work known only by its district counts as
    outside the township.
    """
    if not hukou or not work:
        return ""
    if work == ABROAD:
        return MigrationType.ABROAD
    if work[:2] != hukou[:2]:
        return MigrationType.PROVINCE
    if len(work) >= _TOWNSHIP and work[:_TOWNSHIP] == hukou[:_TOWNSHIP]:
        return MigrationType.LOCAL
    return MigrationType.COUNTY if district_of(work) == district_of(hukou) else MigrationType.CITY


def home_district(hukou: str, residence: str) -> str:
    """The district that looks after somebody: of residence inside the city, else of registration."""
    home = residence if residence[:2] == CITY_PREFIX and len(residence) > 2 else hukou
    return district_of(home)
