"""Chinese search without a dictionary: overlapping pairs of characters in a GIN-indexed tsvector.

`core_bigrams(text)` (migration 0002) is IMMUTABLE, so a table keeps it as a generated column. Two-character
words, which trigram indexes cannot serve, are the normal case here.
"""

from functools import reduce

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.expressions import Func
from django.db.models.functions import Coalesce


class Bigrams(Func):
    """The tsvector of a text expression."""

    function = "core_bigrams"
    arity = 1
    output_field = SearchVectorField()


@SearchVectorField.register_lookup
class ContainsWords(models.Lookup):
    """`filter(search__words="江津 电工")`: rows that contain every word; no usable word matches nothing."""

    lookup_name = "words"

    def as_sql(self, compiler, connection):
        column, column_params = self.process_lhs(compiler, connection)
        words, word_params = self.process_rhs(compiler, connection)
        return f"{column} @@ core_bigram_query({words})", (*column_params, *word_params)


def search_column(*fields: str) -> models.GeneratedField:
    """A stored column to search in, made from text fields of the same row."""
    parts = [Coalesce(models.F(name), models.Value("")) for name in fields]
    space = models.Value(" ")
    text = reduce(lambda left, right: _join(_join(left, space), right), parts)
    return models.GeneratedField(expression=Bigrams(text), output_field=SearchVectorField(), db_persist=True)


def _join(left, right) -> models.expressions.CombinedExpression:
    """`left || right`, which unlike concat() is immutable and so allowed in a generated column."""
    joined = models.expressions.CombinedExpression(left, "||", right)
    joined.output_field = models.TextField()
    return joined
