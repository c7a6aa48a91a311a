"""What went to a number is a person's only since their account proved it: before that it may have been another's."""

from typing import Any

from django.db.models import Model, QuerySet


def messages_of(user: Any, model: type[Model], moment: str, *, index: str = "phone_index") -> QuerySet:
    """Rows of `model` under the account's number, by their time in the column `moment`."""
    if not user.phone_index or not user.phone_verified_at:
        return model._default_manager.none()
    return model._default_manager.filter(**{index: user.phone_index, f"{moment}__gte": user.phone_verified_at})
