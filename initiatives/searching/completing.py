"""How the word that is being typed may go on."""

import re
from collections.abc import Callable

from django.db.models import TextField, Value

from geo.statements import Compiled

from ..models import Initiative
from ..querysets import InitiativeQuerySet

MOST = 3
# Words that are looked at; some may lead to nothing together with the words before them.
TRIED = 8
# Letters typed before a word is completed, and of a word worth completing: "con" or "the" are typed out sooner.
SHORTEST = 2
SHORTEST_WORD = 4
LAST = re.compile(r"[^\W_]+[\W_]*$")


def findable() -> InitiativeQuerySet:
    """Where a proposal must lead to: what the map and the list show without another filter."""
    return Initiative.objects.published().located()


def _leads(shown: str, text: str) -> InitiativeQuerySet:
    rows = findable().matching(text).order_by()
    return rows.values_list(Value(shown, TextField()))[:1]


LEADS = Compiled(_leads)
Leading = Callable[[list[str], int], list[str]]


def leading(texts: list[str], most: int) -> list[str]:
    """The first of the texts that match something on the map."""
    return [text for (text,) in LEADS.first_of(most, [(text, text) for text in texts])]


def completions(text: str, going_on: list[str], proven: list[int]) -> list[str]:
    """Up to three texts that begin with what was typed, its last word complete; each matches an initiative.

    `going_on` are words of the lexicon, the most used first; of the places in `proven`, the first three at least, it
    is known that they lead somewhere.
    """
    head = head_of(text)
    if len(text) - len(head) < SHORTEST:
        return []
    texts = [head + word for word in going_on]
    found = {texts[place] for place in proven}
    # A word whose example has other words before it may still lead somewhere.
    until = proven[MOST - 1] if len(proven) >= MOST else len(texts)
    doubtful = [one for one in texts[:until] if one not in found]
    if doubtful:
        found.update(leading(doubtful, MOST))
    return list(dict.fromkeys(one for one in texts if one in found))[:MOST]


def head_of(text: str) -> str:
    """What stands before the last word of a text."""
    last = LAST.search(text)
    return text[: last.start()] if last else text
