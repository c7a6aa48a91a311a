"""The number by which a worker is reached beyond doubt, before somebody else acts in their name."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import recipient_of
from core.errors import Refusal

from ..enums import Source
from ..indicators import BY_CODE
from ..models import Worker
from ..sources import held_source


def proven_phone(worker: Worker) -> str:
    """The account's number, else one that no broker wrote down. Raises `Refusal` where there is none."""
    found = recipient_of(user=worker.user, phone=worker.mobile)
    if isinstance(found, User):
        found = found.phone.open() if found.phone else None
    elif found and held_source(worker, BY_CODE["mobile"]) == Source.BROKER:
        found = None
    if not found:
        raise Refusal(_("系统里没有他本人核实过的手机号。请他先用自己的手机登录渝工通，再回来办。"))
    return found
