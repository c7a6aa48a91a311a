"""Setting up the second factor counts as using it: the official goes straight on to work."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpResponse


class ActivateView(ActivateTOTPView):
    """allauth's page; afterwards the session has been authenticated by TOTP."""

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.TOTP)
        return response
