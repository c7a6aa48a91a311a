"""Which offices look at an application: where it is handed in, and who reviews it finally.

An application for an estate of the central districts (主城) goes to an application point, where a unit entrusted by the
municipal housing security agency reviews it first; the agency itself does so finally. An outlying district keeps both
to itself. Which districts have points and who decides last are parameters.
"""

from core.divisions import CITY, district_of

from .conditions import Rules


def points(rules: Rules) -> list[str]:
    """The districts in which an application for a central estate can be handed in."""
    return list(rules["application_points"].value)


def has_choice(estate_district: str, rules: Rules) -> bool:
    """Whether the applicant chooses the point: for central estates."""
    return estate_district in rules["central_districts"].value


def preliminary(estate_district: str, point: str | None, rules: Rules) -> str:
    """The district that reviews first: the chosen point's, else the estate's own."""
    chosen = has_choice(estate_district, rules) and point in points(rules)
    return point if chosen and point else estate_district


def final(estate_district: str, rules: Rules) -> str:
    """The division whose office reviews finally."""
    by_city = has_choice(estate_district, rules) and rules["central_final_by_city"].value
    return CITY if by_city else estate_district


def nearest(divisions: list[str], rules: Rules) -> str:
    """The first of the places where somebody lives or works that has a point; "" for none."""
    known = points(rules)
    return next((district_of(code) for code in divisions if district_of(code) in known), "")
