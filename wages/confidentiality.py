"""What an employer learns of who complained. A rule over values; no row is read here.

A letter to the employer never carries a name in its stored text, and never the complaint's number: with it and four
digits of a phone, which a boss knows, the public status page would answer. As long as one person of a case wants to
stay unnamed, nobody of it is named: whoever is left out of a list of names is found by it. Reports are always so
(监察条例 art. 9).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Person:
    """One who claims: the name, for how many they stand, and whether the employer may know."""

    name: str
    confidential: bool
    stands_for: int = 1


def in_words(people: Iterable[Person]) -> str:
    """For the running text of a letter: how many, and nobody by name."""
    many = sum(person.stands_for for person in people)
    return _("某某等 {n} 人").format(n=max(many, 1)) if many > 1 else _("某某（1 人）")


def names(people: Iterable[Person]) -> list[str]:
    """For the list that a printed letter adds so that the employer knows whom to pay; empty when anybody is unnamed."""
    known = list(people)
    if any(person.confidential or not person.name for person in known):
        return []
    return [person.name for person in known]


def named_in(text: str, people: Iterable[Person]) -> list[str]:
    """Names of those who want to stay unnamed that stand in what an official wrote."""
    plain = "".join(text.split())
    return [person.name for person in people if person.confidential and person.name and person.name in plain]
