"""Finding the signed-in worker's own row."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.policies import is_worker

from .. import services
from ..models import Worker


def own_row(user: Any, *, at: datetime) -> Worker:
    """The person's row with wish and provenance loaded; made on the first visit. 403 for other roles."""
    if not is_worker(user):
        raise PermissionDenied(_("这一页是农民工本人的信息。"))
    row = Worker.objects.visible_to(user).select_related("intent", "provenance", "broker").first()
    if row is None:
        services.for_user(user, at=at)
        row = Worker.objects.visible_to(user).select_related("intent", "provenance", "broker").get()
    return row
