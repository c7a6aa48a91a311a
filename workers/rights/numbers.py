"""What went to a number is a person's only since their account proved it: before that it may have been another's."""

from typing import Any

from django.db.models import Model, Q, QuerySet

from accounts import codes
from accounts.enums import CONFIRMED_LIVES
from accounts.models import PhoneCode, SmsMessage


def messages_of(user: Any, model: type[Model], moment: str, *, index: str = "phone_index") -> QuerySet:
    """Rows of `model` under the account's number, by their time in the column `moment`.

    The code by which the number was proved came just before, and is theirs as well: they had it in their hands.
    """
    if not user.phone_index or not user.phone_verified_at:
        return model._default_manager.none()
    theirs = Q(**{f"{moment}__gte": user.phone_verified_at})
    if model is PhoneCode:
        theirs |= Q(pk__in=_that_proved(user).values("pk"))
    elif model is SmsMessage:
        theirs |= Q(
            event=codes.EVENT, ref__in=[str(name) for name in _that_proved(user).values_list("uuid", flat=True)]
        )
    return model._default_manager.filter(theirs, **{index: user.phone_index})


def _that_proved(user: Any) -> QuerySet[PhoneCode]:
    """Confirmed in the minutes before the number was taken for proved, and whatever else that browser had asked for."""
    since = user.phone_verified_at - CONFIRMED_LIVES
    sent = PhoneCode.objects.filter(phone_index=user.phone_index, sent_at__gte=since - CONFIRMED_LIVES)
    proof = sent.filter(confirmed_at__gte=since, confirmed_at__lte=user.phone_verified_at)
    return sent.filter(session_index__in=proof.values("session_index"))
