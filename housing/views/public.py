"""Pages for everybody: the estates, how it works, and whether one meets the conditions."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import stepup
from accounts.policies import is_worker
from core.calendar import local_day
from core.masking import age_on
from workers.models import Worker

from .. import presentation, registry, words
from ..conditions import Rules
from ..eligibility import Assessment, assess
from ..enums import Work
from ..forms import CheckForm
from ..forms.fields import Contract, yuan
from ..models import Estate, UnitType
from ..policy import place_of, rules_on

MAIN_CITY = "main"


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Estates with rents and free flats, and the way from application to key."""
    units = Prefetch("unit_types", UnitType.objects.order_by("area_m2", "pk"))
    estates = Estate.objects.select_related("district").prefetch_related(units).order_by("district_id", "pk")
    districts = dict(Estate.objects.order_by("district_id").values_list("district_id", "district__name"))
    chosen = request.GET.get("district", "")
    chosen = chosen if chosen in districts else ""
    context = {
        "estates": [
            presentation.estate_card(row) for row in (estates.filter(district_id=chosen) if chosen else estates)
        ],
        "chips": presentation.district_chips(districts, chosen),
        "steps": words.future(rules_on(local_day(timezone.now()))),
    }
    return render(request, "housing/index.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """先看我符不符合: asked by POST so that no answer stands in an address or a log; nothing is kept."""
    on = local_day(timezone.now())
    rules = rules_on(on)
    places = _places(rules)
    if request.method != "POST":
        initial, known = _known(request, on)
        return _ask(request, CheckForm(initial=initial, known=known, places=list(places.items())))
    form = CheckForm(request.POST, places=list(places.items()))
    if "edit" in request.POST or not form.is_valid():
        shown = CheckForm(initial=request.POST.dict(), places=list(places.items())) if "edit" in request.POST else form
        return _ask(request, shown)
    chosen = form.cleaned_data["place"]
    place = _("主城") if chosen == MAIN_CITY else places[chosen]
    assessment = assess(form.facts(on, place), rules)
    return render(request, "housing/result.html", _result(request, form, assessment, chosen, rules))


def _ask(request: HttpRequest, form: CheckForm) -> HttpResponse:
    return render(request, "housing/check.html", {"form": form, "back_url": reverse("housing:index")})


def _places(rules: Rules) -> dict[str, str]:
    """The main city as one choice, then each outlying district that has estates."""
    rows = Estate.objects.order_by("district_id").values_list("district_id", "district__name").distinct()
    outlying = {code: name for code, name in rows if place_of(code, name, rules) == name}
    return {MAIN_CITY: _("主城（中心城区）"), **outlying}


def _result(request: HttpRequest, form: CheckForm, assessment: Assessment, chosen: str, rules: Rules) -> dict[str, Any]:
    units = UnitType.objects.filter(kind=assessment.unit_kind)
    central = rules["central_districts"].value
    units = units.filter(estate__district__in=central if chosen == MAIN_CITY else [chosen])
    answers = {name: value for name, value in request.POST.items() if name in form.fields}
    other_way = _other_way(form, assessment)
    return {
        **presentation.assessment(assessment, persons=form.cleaned_data["persons"]),
        "rent": presentation.rent_range(units),
        "answers": list(answers.items()),
        "other_way": other_way and {**other_way, "answers": list({**answers, **other_way["answers"]}.items())},
        "remind_on": assessment.eligible_on,
    }


def _other_way(form: CheckForm, assessment: Assessment) -> dict[str, Any] | None:
    """The same answers with work proved in the other way, offered when work is what is missing."""
    said = form.cleaned_data
    if not any(reason.rule == "work" for reason in assessment.missing):
        return None
    if said["work"] == Work.FLEXIBLE:
        contract = said["contract"] if said["contract"] not in {"", Contract.NONE} else Contract.SHORT
        return {
            "button": _("我有劳动合同或公积金，换一种算法"),
            "answers": {"work": Work.EMPLOYED.value, "contract": str(contract)},
        }
    if said["work"] == Work.EMPLOYED and said["insurance_months"]:
        return {"button": _("我自己缴社保，换一种算法"), "answers": {"work": Work.FLEXIBLE.value}}
    return None


def _known(request: HttpRequest, on: date) -> tuple[dict[str, Any], dict[str, str]]:
    """What the registry knows of somebody signed in: initial values, and the source of each."""
    if not is_worker(request.user) or stepup.is_held(request):
        return {}, {}
    worker = Worker.objects.filter(user=request.user).first()
    if worker is None:
        return {}, {}
    facts = registry.known(worker)
    values = {name: known.value for name, known in facts.items()}
    initial = {
        "age": age_on(values["birth_date"], on) if "birth_date" in values else None,
        "work": values.get("work"),
        "contract": str(values["contract_months"]) if "contract_months" in values else None,
        "residence_months": values.get("residence_months"),
        "income": yuan(values.get("income_fen")),
    }
    taken = {"birth_date": "age", "contract_months": "contract", "income_fen": "income"}
    sources = {taken.get(name, name): known.source for name, known in facts.items()}
    shown = {name: value for name, value in initial.items() if value not in (None, "")}
    return shown, {name: source for name, source in sources.items() if name in shown}
