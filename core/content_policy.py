"""The content security policy of every answer: the settings' words, put together once.

django-csp puts them together anew for each answer, twice, because a view might change them; where one does, or asks for
a nonce, it still decides.
"""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ContentPolicy(CSPMiddleware):
    """`_is_one`: the settings have one policy for all addresses, which it then is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self._usual = build_policy()
        self._is_one = not (
            settings.DEBUG
            or getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None)
            or settings.CONTENT_SECURITY_POLICY.get("EXCLUDE_URL_PREFIXES")
        )

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if (
            not self._is_one
            or hasattr(request, "_csp_nonce")
            or any(name.startswith("_csp") for name in vars(response))
        ):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._usual)
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # too late for one
        return response
