"""The tasks of a draft, each saved alone."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.calendar import local_day
from core.divisions import name_of
from core.errors import Refusal

from .. import offices, presentation, registry, services
from ..declared import facts_of
from ..eligibility import unit_kind
from ..enums import UnitKind
from ..forms import ApplicantForm, HomeForm, IncomeForm, MemberForm, WishForm, WorkForm
from ..models import Estate, HouseholdMember, HousingApplication, UnitType
from ..policy import rules_on
from ._access import with_draft

GET_OR_POST = ["GET", "HEAD", "POST"]


def _onward(request: HttpRequest) -> HttpResponse:
    """Back to where the task was opened from: the check-answers page or the task list."""
    return redirect(_back(request))


def _save(form: Any, write: Callable[[], Any]) -> bool:
    """Call the service; a refusal becomes an error of the form."""
    try:
        write()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


def _page(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form, "back_url": _back(request), **more})


def _back(request: HttpRequest) -> str:
    return request.applicant.url("check_answers" if request.GET.get("from") == "check" else "apply")


def _known(request: HttpRequest, draft: HousingApplication) -> dict[str, registry.Known]:
    """What the registry says of the applicant, for the applicant's own eyes; a broker asks the client."""
    return {} if request.applicant.client else registry.known(draft.worker)


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(GET_OR_POST)
@with_draft
def household(request: HttpRequest, draft: HousingApplication) -> HttpResponse:
    """The applicant and the list of those who come along; 填完了 closes the task."""
    at = timezone.now()
    known = _known(request, draft)
    form = ApplicantForm(_data(request), draft=draft, known=known, today=local_day(at))
    if request.method == "POST" and form.is_valid():
        values = {**form.values(), "household_complete": True}
        if _save(form, lambda: services.save_task(draft, values, by=request.user, at=at)):
            return _onward(request)
    members = list(draft.members.order_by("pk"))
    names = presentation.names_of(members)
    people = [{"row": row, "name": names[row.pk]} for row in members]
    has_identity = draft.worker.id_number_index is not None
    return _page(request, "housing/household.html", form, people=people, has_identity=has_identity, draft=draft)


@require_http_methods(GET_OR_POST)
@with_draft
def add_member(request: HttpRequest, draft: HousingApplication) -> HttpResponse:
    """One more person."""
    at = timezone.now()
    form = MemberForm(_data(request), today=local_day(at))
    if (
        request.method == "POST"
        and form.is_valid()
        and _save(form, lambda: services.add_member(draft, **form.cleaned_data, by=request.user, at=at))
    ):
        return redirect(request.applicant.url("household"))
    return render(request, "housing/add_member.html", {"form": form})


@require_POST
@with_draft
def remove_member(request: HttpRequest, draft: HousingApplication, pk: int) -> HttpResponse:
    """Take a person off the list."""
    member = HouseholdMember.objects.filter(application=draft, pk=pk).first()
    if member is None:
        raise Http404
    services.remove_member(draft, member, by=request.user, at=timezone.now())
    return redirect(request.applicant.url("household"))


@require_http_methods(GET_OR_POST)
@with_draft
def work(request: HttpRequest, draft: HousingApplication) -> HttpResponse:
    """Job, contract, insurance."""
    form = WorkForm(_data(request), draft=draft, known=_known(request, draft))
    return _simple(request, draft, form, "housing/work.html")


@require_http_methods(GET_OR_POST)
@with_draft
def home(request: HttpRequest, draft: HousingApplication) -> HttpResponse:
    """Homes where one applies."""
    form = HomeForm(_data(request), draft=draft, known={}, today=local_day(timezone.now()))
    return _simple(request, draft, form, "housing/home.html")


def _simple(request: HttpRequest, draft: HousingApplication, form: Any, template: str) -> HttpResponse:
    if (
        request.method == "POST"
        and form.is_valid()
        and _save(form, lambda: services.save_task(draft, form.values(), by=request.user, at=timezone.now()))
    ):
        return _onward(request)
    return _page(request, template, form)


@require_http_methods(GET_OR_POST)
@with_draft
def income(request: HttpRequest, draft: HousingApplication) -> HttpResponse:
    """Everybody's income."""
    members = list(draft.members.order_by("pk"))
    form = IncomeForm(
        _data(request),
        draft=draft,
        known=_known(request, draft),
        members=members,
        names=presentation.names_of(members),
    )
    if request.method == "POST" and form.is_valid() and _save(form, lambda: _save_incomes(request, draft, form)):
        return _onward(request)
    return _page(request, "housing/income.html", form)


def _save_incomes(request: HttpRequest, draft: HousingApplication, form: IncomeForm) -> None:
    services.save_incomes(
        draft,
        own_fen=form.cleaned_data["income_fen"],
        exempt=form.cleaned_data["income_exempt"],
        members_fen=form.members_fen(),
        by=request.user,
        at=timezone.now(),
    )


@require_http_methods(GET_OR_POST)
@with_draft
def wish(request: HttpRequest, draft: HousingApplication) -> HttpResponse:
    """An estate that has the kind of flat this household may have."""
    kind = _kind(draft)
    if kind is None:
        return render(request, "housing/wish_later.html", {})
    units = UnitType.objects.filter(kind=kind).select_related("estate__district").order_by("estate__district", "pk")
    rules = rules_on(local_day(timezone.now()))
    own = not request.applicant.client
    places = [draft.worker.residence_division, draft.worker.work_division] if own else []
    form = WishForm(
        _data(request),
        draft=draft,
        known={},
        estates=Estate.objects.filter(unit_types__kind=kind),
        points=[(code, name_of(code)) for code in offices.points(rules)],
        nearest=offices.nearest(places, rules),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and _save(form, lambda: services.save_task(draft, form.values(), by=request.user, at=timezone.now()))
    ):
        return _onward(request)
    chosen = str(form["estate"].value() or "")
    rows = [{"unit": unit, "chosen": str(unit.estate_id) == chosen} for unit in units]
    has_points = any(offices.has_choice(unit.estate.district_id, rules) for unit in units)
    return _page(request, "housing/wish.html", form, rows=rows, has_points=has_points, kind=UnitKind(kind).label)


def _kind(draft: HousingApplication) -> UnitKind | None:
    """What this household may have, once it is known who they are."""
    if not (draft.household_complete and draft.sex and draft.birth_date):
        return None
    today = local_day(timezone.now())
    facts = facts_of(draft, today, rules_on(today))
    return unit_kind(facts.sex, facts.members)
