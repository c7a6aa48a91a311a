"""Decisions as buttons: a page that asks for the reason, and one call of a service."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.errors import Refusal


def ask(
    admin: Any, request: HttpRequest, row: Any, form: Form, title: str, act: Callable[[dict], Any], **context: Any
) -> HttpResponse:
    """GET shows the form; POST calls `act(cleaned_data)`; a refusal stays on the page as a sentence."""
    if request.method == "POST" and "reveal" not in request.POST and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            messages.success(request, _("已办理：{what}。").format(what=title))
            return redirect(f"admin:accounts_{admin.opts.model_name}_changelist")
    page = {**admin.admin_site.each_context(request), "opts": admin.opts, "row": row, "title": title}
    return render(request, "admin/accounts/decide.html", {**page, "form": form, **context})
