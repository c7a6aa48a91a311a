"""长者模式: one tap from every page, kept in a cookie that the server reads."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from core.context_processors import ELDER_COOKIE, is_elder

ONE_YEAR_SECONDS = 365 * 24 * 3600
LONGEST_ADDRESS = 2_000


def _back_to(request: HttpRequest) -> str:
    """The page the person came from, if it is one of ours."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if ours and len(target) <= LONGEST_ADDRESS else "/"


@login_not_required
@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    """Switch to what the button said; without a word, to the other mode."""
    wanted = {"1": True, "0": False}.get(request.POST.get("elder", ""), not is_elder(request))
    response = HttpResponseRedirect(_back_to(request), status=303)
    response.set_cookie(
        ELDER_COOKIE,
        "1" if wanted else "0",
        max_age=ONE_YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response
