"""A case's progress for whoever proves its phone by a code: nobody's wrong guesses stand in the way."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import pending

from .. import services
from ..forms import ByCodeForm
from ..marks import read_case_number
from . import _access, _phone


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """Case number, whole phone, and a code to it. The code is sent whether or not the two belong together."""
    if request.method != "POST":
        return _show(request, ByCodeForm(initial=_waiting(request)))
    form = ByCodeForm(request.POST)
    if request.POST.get("action") == "send":
        return _send(request, form)
    if not form.is_valid() or not _phone.check(request, form, _phone.STATUS):
        return _show(request, form)
    case = services.of_proven_phone(form.cleaned_data["number"], form.cleaned_data["phone"])
    people = services.people_of_proven_phone(form.cleaned_data["number"], form.cleaned_data["phone"])
    if case is None and people:
        pending.forget(request, _phone.STATUS)
        for person in people:
            _access.note(request, _access.PEOPLE, str(person.uuid), timezone.now())
        return redirect("wages:paid", number=form.cleaned_data["number"])
    if case is None:
        form.add_error(None, _("这个手机号没有提交过这个编号的投诉，请核对编号，或换成投诉时留的手机号。"))
        return _show(request, form)
    pending.forget(request, _phone.STATUS)
    at = timezone.now()
    for right in (_access.SEEN, _access.OWN):
        _access.note(request, right, case.number, at)
    return redirect("wages:case", number=case.number)


def _send(request: HttpRequest, form: ByCodeForm) -> HttpResponse:
    form.fields["code"].required = False
    if not form.is_valid():
        return _show(request, form)
    number, phone = form.cleaned_data["number"], form.cleaned_data["phone"]
    pending.keep(request, _phone.STATUS, pending.Pending(phone, after=number))
    return _phone.send(request, phone, _phone.STATUS, then=reverse("wages:by_code"))


def _waiting(request: HttpRequest) -> dict:
    """What was typed before the code came, or the number that the person came with."""
    if waiting := pending.of(request, _phone.STATUS):
        return {"number": waiting.after, "phone": waiting.phone}
    return {"number": read_case_number(request.GET.get("number", "")) or ""}


def _show(request: HttpRequest, form: ByCodeForm) -> HttpResponse:
    sent = pending.of(request, _phone.STATUS) is not None
    return render(request, "wages/status_by_code.html", {"form": form, "sent": sent})
