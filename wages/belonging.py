"""Whose account a complaint belongs to that was filed without one. A rule over values; no row is read here."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from accounts.enums import RECYCLED_AFTER


@dataclass(frozen=True)
class Holder:
    """Who has proven a number by signing in: when the account began, when it proved this number, and its name.

    `name` is what the registry says; `identified` that it says so with an ID number on file.
    """

    opened_at: datetime
    proven_at: datetime
    name: str = ""
    identified: bool = False


def is_theirs(holder: Holder, *, filed_at: datetime, filed_as: str) -> bool:
    """Whether a case filed from the number that `holder` has proven shows in their account.

    A number alone does not say who somebody is: operators hand it on after about 90 days, and officials move an
    account to a new number, which may have been another person's before. So:

    1. Another name than the registry's: never.
    2. The same name, with an ID number on file: always.
    3. No name to compare (a report, or a person whom the registry does not know yet): only while the number can hardly
       have changed hands. It is the one that the account began with, it was proven after the case was filed, and
       sooner than a number is handed on.

    What is left out here is not lost: number, four digits and a code by SMS open the case without an account.
    """
    if filed_as and holder.name:
        agree = _plain(filed_as) == _plain(holder.name)
        if holder.identified or not agree:
            return agree
    number_of_its_own = holder.proven_at <= holder.opened_at
    return number_of_its_own and filed_at <= holder.proven_at < filed_at + RECYCLED_AFTER


def _plain(name: str) -> str:
    """A name as it is compared: spaces, and the dots in names of minorities, are typed in many ways."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", name) if ch.isalnum())
