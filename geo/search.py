"""Functions of search as Django expressions, beside those of geo/functions.py that columns and filters share."""

from django.contrib.postgres.search import SearchRank
from django.db import connection
from django.db.models import Case, Expression, F, IntegerField, Value, When
from django.db.models.functions import Collate

from .functions import Fold, WordQuery


def folded(text: str) -> str:
    """A text in the spelling of search, asked of the database so that there is one rule only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT geo_fold(%s)", [text])
        return cursor.fetchone()[0]


def bytewise(expression: Expression | str) -> Collate:
    """A text compared byte by byte, so that an index serves both its beginnings and its order, in any locale."""
    return Collate(expression, "C")


def place_of_name(folded_name: str, words: str) -> Case:
    """0 where a folded name is the words, 1 where it begins with them, else 2."""
    asked = Fold(Value(words))
    return Case(
        When(**{folded_name: asked}, then=0),
        When(**{f"{folded_name}__startswith": asked}, then=1),
        default=2,
        output_field=IntegerField(),
    )


def weight(vector: str, words: str) -> SearchRank:
    """How much the words weigh in a search vector: more in a name than in a town, a tag, a summary."""
    return SearchRank(F(vector), WordQuery(Value(words)))
