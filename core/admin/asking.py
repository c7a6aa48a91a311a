"""Decisions as buttons: GET asks, POST acts, in one place for every matter."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from ..errors import Refusal
from ..transitions import AlreadyMoved


def ask(
    admin: Any,
    request: HttpRequest,
    *,
    title: Any,
    form: BaseForm | None,
    act: Callable[[dict], Any],
    done: Any,
    back: str,
    template: str,
    **context: Any,
) -> HttpResponse:
    """Show the question, or carry out one call of a service and go `back` with `done` said.

    `form` is bound on POST, or None where a button is all there is to ask; `act` receives its cleaned data. A refusal
    stands at its field and nothing typed is lost; without a form it is said on the page behind. Who comes second is
    told who decided.
    """
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            act(form.cleaned_data if form is not None else {})
        except AlreadyMoved as moved:
            return _say_and_go(request, moved.message, messages.WARNING, back)
        except Refusal as refusal:
            if form is None:
                return _say_and_go(request, refusal.message, messages.WARNING, back)
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return _say_and_go(request, done, messages.SUCCESS, back)
    if form is not None:
        form.label_suffix = ""  # labels stand above their fields, and Django's colon is not a Chinese one
    page = {**admin.admin_site.each_context(request), "opts": admin.opts, "title": title, "form": form}
    return TemplateResponse(request, template, {**page, **context})


def _say_and_go(request: HttpRequest, sentence: Any, level: int, back: str) -> HttpResponseRedirect:
    messages.add_message(request, level, sentence)
    return HttpResponseRedirect(back)
