"""How the word that is being typed may go on."""

import re
from collections.abc import Sequence

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Coalesce

from geo.search import Spelling

from ..models import Initiative, Word
from ..querysets import InitiativeQuerySet
from .compiled import Compiled

MOST = 3
# Words that are looked at; some may lead to nothing together with the words before them.
TRIED = 8
# Letters typed before a word is completed, and of a word worth completing: "con" or "the" are typed out sooner.
SHORTEST = 2
SHORTEST_WORD = 4
LAST = re.compile(r"[^\W_]+[\W_]*$")
# All that the search vector is made of; the tags as PostgreSQL writes lists, which parts them well enough.
TEXTS = [Value(" "), F("name"), F("public_locality"), F("tags"), F("summary")]
TEXT = Func(*TEXTS, function="concat_ws", output_field=TextField())


def findable() -> InitiativeQuerySet:
    """Where a proposal must lead to: what the map and the list show without another filter."""
    return Initiative.objects.published().located()


def spellings(words: Sequence[str], rows: InitiativeQuerySet) -> InitiativeQuerySet:
    """Folded words as the first row at hand writes them, with their accents; no row where there is none."""
    spelt = [Coalesce(Spelling(Value(word), TEXT), Value(word), output_field=TextField()) for word in words]
    return rows.order_by().values_list(*spelt)[:1]


LONGER = Compiled(
    lambda typed: Word.objects.completing(typed, SHORTEST_WORD).values_list("word", flat=True)[:TRIED]
)
SPELT = Compiled(lambda text, word: spellings([word], findable().matching(text)))


def completions(typed: str) -> list[str]:
    """Up to three texts that begin with what was typed, its last word complete; each matches an initiative."""
    last = LAST.search(typed)
    if not last or len(last[0]) < SHORTEST:
        return []
    head = typed[: last.start()]
    tried = [(head + word, word) for (word,) in LONGER.rows(typed)]
    return list(dict.fromkeys(head + word for (word,) in SPELT.first_of(MOST, tried)))
