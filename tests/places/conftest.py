"""A directory with a window, a court and an office outside."""

import pytest

from places.models import Place

SOURCE = "江津区人社局公开电话 2026-03"


@pytest.fixture
def window(db):
    return Place.objects.create(
        kind="inspection",
        name="江津区劳动保障监察大队",
        division="500116",
        address="几江街道滨江路 1 号",
        phone="023-00001601",
        latitude="29.29014",
        longitude="106.25936",
        source=SOURCE,
        verified=True,
    )


@pytest.fixture
def outside(db):
    return Place.objects.get(kind="outside", division="33")


@pytest.fixture
def second_official(db):
    """Another official of 江津区."""
    from accounts.models import User

    user = User.objects.create(username="jj2", role="official", is_staff=True, display_name="江津复核")
    user.jurisdictions.set(["500116"])
    return user


@pytest.fixture
def posted(db):
    """An official without a jurisdiction."""
    from accounts.models import User

    return User.objects.create(username="hz", role="official", is_staff=True, display_name="驻杭州经办")
