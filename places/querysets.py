"""The vocabulary of the directory. What is published is for everybody; entries that wait are the officials'."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import ASin, Cos, Power, Radians, Sin, Sqrt

from accounts import policies as who
from accounts.querysets import within
from core.divisions import CITY, district_of

from .enums import EditState, Kind
from .nearest import EARTH_KM

CITY_WIDE = ("", CITY)


def _haversine(latitude: float, longitude: float) -> ASin:
    """`nearest.kilometres` as SQL: the way over the ground from a row to a point."""
    here, there = Radians(Value(latitude)), Radians(F("latitude"))
    up = Power(Sin((there - here) / Value(2.0)), Value(2.0))
    across = Power(Sin((Radians(F("longitude")) - Radians(Value(longitude))) / Value(2.0)), Value(2.0))
    return Value(2 * EARTH_KM) * ASin(Sqrt(up + Cos(here) * Cos(there) * across))


class PlaceQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "PlaceQuerySet":
        """A directory is public."""
        return self.all()

    def open_on(self, day: date) -> "PlaceQuerySet":
        """`valid_to` is the first day on which nobody is there any more."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to__isnull=True) | Q(valid_to__gt=day))

    def hotlines(self) -> "PlaceQuerySet":
        return self.filter(kind=Kind.HOTLINE).order_by("pk")

    def outside(self) -> "PlaceQuerySet":
        """The city's own offices in other provinces."""
        return self.filter(kind=Kind.OUTSIDE).order_by("division", "pk")

    def of_district(self, code: str) -> "PlaceQuerySet":
        """Of the district and its townships, without what serves the whole city."""
        return self.filter(division__startswith=district_of(code))

    def of_province(self, code: str) -> "PlaceQuerySet":
        return self.filter(kind=Kind.OUTSIDE, division=code)

    def matching(self, words: str) -> "PlaceQuerySet":
        """Every word stands somewhere in the name, the address or what the place does."""
        found = self
        for word in words.split()[:5]:
            found = found.filter(
                Q(name__icontains=word)
                | Q(address__icontains=word)
                | Q(people__icontains=word)
                | Q(note__icontains=word)
            )
        return found

    def nearest(self, latitude: float, longitude: float) -> "PlaceQuerySet":
        """Those whose position is known, the nearest first, with `distance` in kilometres."""
        known = self.filter(latitude__isnull=False)
        return known.annotate(
            distance=models.ExpressionWrapper(_haversine(latitude, longitude), output_field=models.FloatField())
        ).order_by("distance", "pk")

    def in_order(self) -> "PlaceQuerySet":
        """By place, and there in the order of the code list: what most people look for comes first."""
        ranks = [models.When(kind=kind, then=rank) for rank, kind in enumerate(Kind)]
        return self.order_by("division", models.Case(*ranks, output_field=models.IntegerField()), "name", "pk")


class EditQuerySet(models.QuerySet):
    def pending(self) -> "EditQuerySet":
        return self.filter(state=EditState.PENDING)

    def visible_to(self, user: Any) -> "EditQuerySet":
        """The city sees every entry, also those about offices outside; a district its own."""
        if not who.is_staff(user):
            return self.none()
        return self if who.has_the_city(user) else within(self, "division", user)


class PostQuerySet(models.QuerySet):
    def on(self, day: date) -> "PostQuerySet":
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
