"""The directory for everybody: by district, province, kind and words, or by the phone's position on a tap."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from core.calendar import local_day
from core.divisions import name_of

from . import tiles
from .forms import PositionForm, SearchForm, province_choices
from .models import Place

SHOWN = 60
NEAREST = 10


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Hotlines first; then what was asked for, or the districts to choose from."""
    today = local_day(timezone.now())
    open_now = Place.objects.open_on(today)
    outside = list(open_now.outside().values_list("division", flat=True))
    provinces = [(code, name) for code, name in province_choices() if code in set(outside)]
    form = SearchForm(request.GET or None, today=today, provinces=provinces)
    chosen = form.chosen() if form.is_bound else {}
    asked = any(chosen.values())
    found = list(_found(open_now, chosen)[:SHOWN]) if asked else []
    context = {
        "form": form,
        "asked": asked,
        "found": found,
        "hotlines": open_now.hotlines(),
        "offices": [] if asked else open_now.outside(),
        "chosen_district": name_of(chosen.get("district", "")),
        "tiles": [] if asked else tiles.of_districts(open_now, today=today, url=reverse("places:index")),
    }
    return render(request, "places/index.html", context)


def _found(places: Any, chosen: dict[str, str]) -> Any:
    if chosen.get("district"):
        places = places.of_district(chosen["district"])
    elif chosen.get("province"):
        places = places.of_province(chosen["province"])
    if chosen.get("kind"):
        places = places.filter(kind=chosen["kind"])
    return places.matching(chosen.get("q", "")).in_order()


@login_not_required
@require_POST
@sensitive_post_parameters("latitude", "longitude")
@sensitive_variables("form", "latitude", "longitude")
def near(request: HttpRequest) -> HttpResponse:
    """The nearest places. The answer is drawn at once: a redirect would carry the position in its address."""
    form = PositionForm(request.POST)
    if not form.is_valid():
        return redirect("places:index")
    latitude, longitude = form.cleaned_data["latitude"], form.cleaned_data["longitude"]
    open_now = Place.objects.open_on(local_day(timezone.now()))
    context = {"found": open_now.nearest(latitude, longitude)[:NEAREST], "hotlines": open_now.hotlines()}
    response = render(request, "places/near.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


@login_not_required
@require_safe
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: call, go there, print it, pass it on."""
    today = local_day(timezone.now())
    row = get_object_or_404(Place, pk=pk)
    gone = row.valid_to is not None and row.valid_to <= today
    near_by = Place.objects.open_on(today).of_district(row.division).exclude(pk=row.pk).in_order()[:5]
    context = {
        "place": row,
        "gone": gone,
        "others": near_by if row.kind != "outside" else [],
        "others_url": f"{reverse('places:index')}?{urlencode({'district': row.division[:6]})}",
        "share": _words_to_share(request, row),
    }
    return render(request, "places/place.html", context, status=410 if gone else 200)


def _words_to_share(request: HttpRequest, row: Place) -> str:
    """What one worker sends another in WeChat: everything needed without opening the page."""
    said = [
        f"{row.name}（{row.get_kind_display()}）",
        _("电话：{phone}").format(phone=row.phone) if row.phone else "",
        _("地址：{address}").format(address=row.address) if row.address else "",
        _("时间：{hours}").format(hours=row.hours) if row.hours else "",
        request.build_absolute_uri(row.get_absolute_url()),
    ]
    return "\n".join(line for line in said if line)
