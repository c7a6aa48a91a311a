"""One's own place: where signing in leads, notices, proving identity, and addresses that stay closed."""

from allauth.account.utils import get_next_redirect_url
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import Refusal
from core.pagination import KeysetPaginator

from .. import devices, notices, policies, stepup
from ..forms.recover import IdentityForm
from ..models import Notice
from ..services import people


def landing_url(user) -> str:
    """The first page of each kind of person."""
    if user.is_staff:
        return "/admin/"
    return "/broker/" if policies.is_broker(user) else "/me/"


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Where signing in leads when nothing else was asked for."""
    return redirect(landing_url(request.user))


@login_not_required
def closed(request: HttpRequest) -> HttpResponse:
    """An address of allauth that this portal has no use for: e-mail, password reset, sign-up by password."""
    raise Http404


@login_not_required
@require_safe
def to_login(request: HttpRequest) -> HttpResponse:
    """Registering and signing in are one thing."""
    return redirect("account_login")


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """My notices, newest first."""
    mine = Notice.objects.visible_to(request.user)
    page = KeysetPaginator(mine, order=("-created_at", "-id")).page(request.GET.get("cursor", ""))
    unread = any(row.read_at is None for row in page)
    return render(request, "accounts/notices.html", {"page": page, "has_unread": unread})


@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    notices.mark_read(request.user, at=timezone.now())
    return redirect("accounts:notices")


@require_http_methods(["GET", "POST"])
def step_up(request: HttpRequest) -> HttpResponse:
    """Name and last six of the ID number, where the phone number may have passed to somebody else."""
    after = get_next_redirect_url(request) or landing_url(request.user)
    if not stepup.is_held(request):
        return HttpResponseRedirect(after)
    form = IdentityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            stepup.prove(request, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("身份已核对，谢谢。"))
            response = HttpResponseRedirect(after)
            devices.set_cookie(request, response)
            return response
    return render(request, "accounts/step_up.html", {"form": form, "after": after})


@require_POST
def not_mine(request: HttpRequest) -> HttpResponse:
    """The number is new to this person and the account was somebody else's."""
    if not stepup.is_held(request):
        return redirect(landing_url(request.user))
    people.give_up_number(request.user, at=timezone.now())
    logout(request)
    messages.success(request, _("已经解开。请再登录一次，就是你自己的新账户了。"))
    return redirect("account_login")


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one of my other devices out."""
    people.end_session(get_object_or_404(UserSession, user=request.user, pk=pk))
    messages.success(request, _("那台设备已退出。"))
    return redirect("usersessions_list")
