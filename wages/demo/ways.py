"""One case of the demonstration that an office outside the city helps with, through the same service as everybody's."""

from datetime import datetime

from accounts.models import User
from places.models import Place, Post

from .. import services
from ..models import Case

ASKED = "用人单位总公司在广州，请上门核实是否同意付款，并把情况报回来。"


def hand_out(at: datetime) -> None:
    """A case of 江津区 to the office in which the demonstration has an official."""
    place = Place.objects.filter(pk__in=Post.objects.filter(until__isnull=True).values("place")).first()
    official = User.objects.filter(username="jiangjin").first()
    case = Case.objects.open().filter(division__startswith="500116", state="investigating", outside=None).first()
    if place and official and case:
        services.ask_outside(case, place=place, note=ASKED, by=official, at=at)
