"""What the frame of every page needs: elder mode, demo ribbon, help line, doors and footer."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

ELDER_COOKIE = "elder"


@cache
def _doors(_language: str) -> list[dict[str, str]]:
    """The four matters with their fixed addresses (docs/contract.md), in the words of a language."""
    return [
        {"name": _("找工作"), "url": "/jobs/"},
        {"name": _("讨工资"), "url": "/wages/"},
        {"name": _("公租房"), "url": "/housing/"},
        {"name": _("我的信息"), "url": "/me/profile/"},
    ]


def _own_place(request: HttpRequest) -> dict[str, str]:
    """Where the pill at the top right leads: sign in, or the person's own page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"name": _("登录"), "url": "/accounts/login/"}
    if user.is_staff:
        return {"name": _("工作台"), "url": "/admin/"}
    if user.role == "broker":
        return {"name": _("工作台"), "url": "/broker/"}
    return {"name": _("我的"), "url": "/me/"}


def is_elder(request: HttpRequest) -> bool:
    """True when this browser asked for 长者模式."""
    return request.COOKIES.get(ELDER_COOKIE) == "1"


def site(request: HttpRequest) -> dict:
    """Context of base.html."""
    doors = _doors(get_language())
    return {
        "site_elder": is_elder(request),
        "site_demo": settings.DEMO,
        "site_help": settings.SITE_HELP_LINE,
        "site_footer": settings.SITE_FOOTER,
        "site_doors": [{**door, "here": request.path.startswith(door["url"])} for door in doors],
        "site_own": _own_place(request),
    }
