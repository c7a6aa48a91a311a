"""What officials choose people by, as one set of words per person, in a narrow table of its own (`WorkerFacets`).

A list of millions under any combination of choices is answered two ways: where many match, a walk of the list's own
order meets a page of them soon; where few match, an inverted index names them. PostgreSQL decides from the frequencies
of the words. A trigger keeps the words, so every way of writing the wide table keeps them (docs/decisions/0046).
"""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q

# A letter per column, as `workers_facets(…)` writes them before the values. The districts share one: a jurisdiction
# holds whoever is registered or lives in it.
LETTERS = {"sex": "s", "education": "e", "industry": "i", "employment_status": "w", "migration_type": "m"}
DISTRICT = "d"
SURNAME = "n"
_LONGEST_INITIALS = 4
_SIGNS = str.maketrans({"'": "''", "\\": "\\\\"})


class Names(Func):
    """`workers_names(…)`: a name in characters, in pinyin without gaps, and by its initials."""

    function = "workers_names"
    output_field = SearchVectorField()


@SearchVectorField.register_lookup
class Holds(models.Lookup):
    """`names__holds`: a tsquery that is already made of words, not of text."""

    lookup_name = "holds"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple]:
        column, column_params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", (*column_params, self.rhs)


NAMES = Names("full_name", "name_pinyin")


def chosen(column: str, values: list[str]) -> Q:
    """Whoever has one of the values."""
    return _any_of([f"{LETTERS[column]}{value}" for value in values])


def within_districts(prefixes: list[str]) -> Q:
    """Whoever is registered or lives in one of the places, each a district or finer."""
    found = _any_of(sorted({f"{DISTRICT}{prefix[:6]}" for prefix in prefixes}))
    if all(len(prefix) == 6 for prefix in prefixes):
        return found
    exact = Q()
    for prefix in prefixes:
        exact |= Q(hukou_division__startswith=prefix) | Q(residence_division__startswith=prefix)
    return found & exact


def surnamed(character: str) -> Q:
    """Whoever's name begins with the one character: a twentieth of a city may, too many to look for by name."""
    return _any_of([f"{SURNAME}{character}"])


def _any_of(words: list[str]) -> Q:
    return Q(facets__words__contains=words) if len(words) == 1 else Q(facets__words__overlap=words)


def name_query(typed: str) -> str:
    """Names that begin with what was typed; Latin letters are pinyin, or the initials of a whole name."""
    text = "".join(typed.split())[:80].translate(_SIGNS)
    if not text:
        return ""
    if not text.isascii():
        return f"'n{text}':*"
    initials = f" | 'a{text.lower()}'" if len(text) <= _LONGEST_INITIALS else ""
    return f"'p{text.lower()}':*{initials}"
