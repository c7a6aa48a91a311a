"""Who keeps the directory, and who serves at an office outside."""

from typing import Any

from django.utils import timezone

from accounts import policies as who
from core.calendar import local_day

from .models import Edit, Post


def may_keep(user: Any, division: str) -> bool:
    """An official of the place; offices outside the city and what serves all of it are the city's."""
    return who.is_city_official(user) or (len(division) >= 6 and who.official_covers(user, division))


def may_publish(user: Any, edit: Edit) -> bool:
    """A colleague of who entered it."""
    return user.pk != edit.entered_by_id and may_keep(user, edit.division)


def may_drop(user: Any, edit: Edit) -> bool:
    return may_keep(user, edit.division)


def may_post(user: Any) -> bool:
    """A post opens cases, so who may hand out jurisdictions hands out posts."""
    return who.may_manage_people(user)


def place_of(user: Any) -> int | None:
    """The office outside at which this official serves today; read once per instance.

    Only an account without a jurisdiction: who has a district is that district's official.
    """
    if not who.is_official(user) or user.jurisdiction_prefixes():
        return None
    if not hasattr(user, "_place"):
        posts = Post.objects.on(local_day(timezone.now())).filter(user=user)
        user._place = posts.values_list("place_id", flat=True).first()
    return user._place
