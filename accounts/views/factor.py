"""Setting up the second factor counts as using it: the official goes straight on to work. Using it comes here too."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as allauth_views
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from .. import devices


@login_not_required
def authenticate(request: HttpRequest) -> HttpResponse:
    """The second step. allauth takes a post without a code for a security key, which nobody has here."""
    if request.method == "POST" and "code" not in request.POST:
        return redirect("mfa_authenticate")
    return allauth_views.authenticate(request)


class ActivateView(ActivateTOTPView):
    """allauth's page; afterwards the session has been authenticated by TOTP and the browser is the official's own."""

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.TOTP)
        devices.remember(self.request, self.request.user, at=timezone.now())
        devices.set_cookie(self.request, response)
        return response
