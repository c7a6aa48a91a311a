"""The door to one's own row of the registry."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.policies import is_worker

from ..models import Worker

_REGISTERED = """
    SELECT EXISTS (
        SELECT FROM workers_worker WHERE user_id = %s AND merged_into_id IS NULL AND id_number IS NOT NULL
    )
"""


def require_worker(user: Any) -> None:
    """403 for other roles."""
    if not is_worker(user):
        raise PermissionDenied(_("这一页是农民工本人的信息。"))


def own_row(user: Any) -> Worker | None:
    """The person's row with wish and provenance loaded; None before the first registration. 403 for other roles."""
    require_worker(user)
    return Worker.objects.visible_to(user).select_related("intent", "provenance", "broker").first()


def is_registered(user: Any) -> bool:
    """Whether the person gave an ID number before: a worker's `visible_to`, written out because all who come ask."""
    require_worker(user)
    with connection.cursor() as cursor:
        cursor.execute(_REGISTERED, [user.pk])
        return cursor.fetchone()[0]


def with_own_row(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the signed-in worker's row; whoever has none yet is asked to register first.

    Looking never makes a row.
    """

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        worker = own_row(request.user)
        return view(request, worker, *args, **kwargs) if worker else redirect("workers:identify")

    return opened
