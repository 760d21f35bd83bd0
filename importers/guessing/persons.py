"""Columns that are about persons: about who filled in a form, or whom a list names."""

from collections.abc import Sequence

from ..text import fold
from .asking import ANSWERING, ASKING, GIVEN_NAMES, NAMES, STAMPS
from .headers import field_of, is_owner, words_of

# How far from the left the moment stands at which somebody answered.
AT_THE_LEFT = 3


def of_persons(names: Sequence[str]) -> set[str]:
    """Columns whose name or address is that of a person, not that of an initiative."""
    return _of_who_answered(names) | _family_names(names)


def _of_who_answered(names: Sequence[str]) -> set[str]:
    """In the table of a form: the address, and where the form knows its users the name, beside the moment."""
    stamps = [place for place, name in enumerate(names[:AT_THE_LEFT]) if fold(name) in STAMPS]
    found: set[str] = set()
    for name in names[stamps[-1] + 1 :] if stamps else ():
        is_name = not NAMES.isdisjoint(words_of(name)) and field_of(name) != "email"
        if not ANSWERING.issuperset(words_of(name)) or (is_name and len(stamps) == 1):
            break
        found.add(name)
    emails = [name for name in names if stamps and field_of(name) == "email"]
    of_initiatives = {name for name in emails if any(map(is_owner, words_of(name)))}
    return found.union(emails) - of_initiatives if of_initiatives else found


def _family_names(names: Sequence[str]) -> set[str]:
    """A bare “name” beside a bare “given name” is that of a person."""
    telling = {name: [word for word in words_of(name) if word not in ASKING] for name in names}
    is_given = any(
        (len(words) == 1 and words[0] in GIVEN_NAMES) or words in (["first", "name"], ["given", "name"])
        for words in telling.values()
    )
    return {name for name, words in telling.items() if is_given and len(words) == 1 and words[0] in NAMES}
