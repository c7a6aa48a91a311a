"""The guard against recycled numbers.

Operators give a number to somebody else about 90 days after it was dropped. So when nobody has signed in with
a number for that long, and then a browser does that we do not know, the code alone opens no ID, wage or bank
data: name and the last six characters of the ID number must match, or an official has to look. The hold stands
on the account until then, so that signing in again does not lift it. Browsers known as the person's own are free.
`accounts.middleware.HeldSessionsProveFirst` closes every page that is not public to a held session, so that no view
has to remember it; public pages that show one's own things ask `is_held`.

Imports point down only: the registry one floor up knows ID numbers and registers its check here when it is ready.
"""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core import audit
from core.errors import refuse_unless

from . import attempts, devices
from .enums import IDENTITY_FAILURES, RECYCLED_AFTER
from .models import Attempt, User

SESSION_KEY = "held"

# (account, name, last six characters of the ID number) → True, False, or None when no ID number is on file.
IdentityCheck = Callable[[User, str, str], bool | None]
_check: IdentityCheck | None = None


def register(check: IdentityCheck) -> None:
    """Called once by the app that keeps ID numbers."""
    global _check
    _check = check


def identity_matches(user: User, name: str, id_last6: str) -> bool | None:
    """What the registry says; None when it has no ID number of this person."""
    return _check(user, name.strip(), id_last6.strip().upper()) if _check else None


def judge(request: HttpRequest, *, last_login: datetime | None, at: datetime) -> None:
    """Right after signing in: remember the browser, or hold the session until identity is proved."""
    user = request.user
    if devices.is_known(request, user):
        devices.remember(request, user, at=at)
        return
    if user.held_since is None and last_login is not None and at - last_login >= RECYCLED_AFTER:
        User.objects.filter(pk=user.pk).update(held_since=at)
        user.held_since = at
        audit.record("accounts.held", user, by=None, at=at)
    if user.held_since is None:
        devices.remember(request, user, at=at)
    else:
        request.session[SESSION_KEY] = True


def is_held(request: HttpRequest) -> bool:
    """True while this session may see nothing personal."""
    return bool(request.session.get(SESSION_KEY))


def url(request: HttpRequest) -> str:
    """The check, and the way back from it; a post cannot be taken up again."""
    check = reverse("accounts:stepup")
    return f"{check}?{urlencode({'next': request.get_full_path()})}" if request.method in ("GET", "HEAD") else check


def prove(request: HttpRequest, *, name: str, id_last6: str, at: datetime) -> None:
    """Lift the hold when name and ID number match. Raises `Refusal`; five wrong tries a day."""
    user = request.user
    guess = attempts.spend(Attempt.Kind.IDENTITY, str(user.pk), IDENTITY_FAILURES, at=at)
    matches = identity_matches(user, name, id_last6)
    refuse_unless(matches is not None, _("系统里没有你的身份证号码，请点下面的“换号找回”，由工作人员核对。"))
    refuse_unless(bool(matches), _("姓名或身份证号码后六位不对。"), field="id_last6")
    attempts.refund(guess)
    User.objects.filter(pk=user.pk).update(held_since=None)
    audit.record("accounts.hold_lifted", user, by=user, at=at)
    request.session.pop(SESSION_KEY, None)
    devices.remember(request, user, at=at)
