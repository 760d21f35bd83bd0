"""JSON: the objects of a list, wherever in the document it stands, or those that an object keeps by their keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from ..errors import BadFileError
from ..mapping import FileOptions
from ..phrases import ONE_OF, phrase
from ..records import Raw, Source
from .adapted import names_of
from .flat import flattened
from .json_text import JSONText

Place = tuple[str, ...]
# Lists are looked for so deep.
DEEPEST = 5
# Under this name stands what an object kept its record by.
KEY = "key"
# A document with one of these of its own is a record itself, unless its list is longer than so many.
NAMES = ("name", "title", "bf_titre")
LONGEST_PART = 10
MANY_MORE = 3


@dataclass
class Found:
    """Where records may be: how many objects a place has, whether by keys, and whether the document has a name."""

    lists: dict[Place, int]
    keyed: dict[Place, int]
    has_name: bool = False


def read(path: Path, options: FileOptions) -> Source:
    """Open a document; BadFileError where no list of objects is in it."""
    place, is_keyed = _chosen(path, options)
    columns, number = names_of(_records(path, place, is_keyed=is_keyed), path)
    if not number:
        raise BadFileError(path, _("a list without objects"), _("at least one object"))
    told = ".".join(place or ()) or "the document"
    return Source(
        path,
        "json",
        columns,
        _records(path, place, is_keyed=is_keyed),
        notes=[phrase(_("%(number)s objects in %(place)s"), number=number, place=told)],
    )


def _chosen(path: Path, options: FileOptions) -> tuple[Place | None, bool]:
    """The place of the records, None where the document is one; whether they are kept by keys."""
    found = Found({}, {})
    with JSONText(path) as text:
        _survey(text, (), found)
        text.end()
    if options.path:
        place = tuple(options.path.split("."))
        if place not in found.lists and place not in found.keyed:
            known = ", ".join(".".join(one) for one in [*found.lists, *found.keyed] if one)
            raise BadFileError(
                path,
                phrase(_("no list %(path)s"), path=options.path),
                phrase(ONE_OF, known=known[:200] or "–"),
            )
        return place, place not in found.lists
    most = max(found.lists.values(), default=0)
    # Most objects hold parts of a document by their names: they are records only where they outnumber all lists.
    keyed = {place: n for place, n in found.keyed.items() if n > MANY_MORE * most}
    candidates = {**keyed, **{place: n for place, n in found.lists.items() if n}}
    # The more objects, and of as many the nearer to the top.
    best = max(candidates, key=lambda place: (candidates[place], -len(place)), default=None)
    if found.has_name and (best is None or candidates[best] <= LONGEST_PART):
        return None, False
    if best is None:
        raise BadFileError(path, _("JSON without a list of objects"), _("a list of objects, at any place"))
    return best, best not in found.lists


def _survey(text: JSONText, place: Place, found: Found) -> None:
    """Note where objects are, and read on."""
    begins = text.peek()
    if begins == "[":
        found.lists[place] = sum(isinstance(item, dict) for item in text.items())
    elif begins == "{" and len(place) < DEEPEST:
        objects, others = 0, 0
        for name in text.members():
            is_object = text.peek() == "{"
            objects, others = objects + is_object, others + (not is_object)
            if not place and name in NAMES and text.peek() == '"':
                found.has_name = True
            _survey(text, (*place, name), found)
        if objects > 1 and not others:
            found.keyed[place] = objects
    else:
        text.value()


def _values(path: Path, place: Place | None, *, is_keyed: bool) -> Iterator[Any]:
    with JSONText(path) as text:
        if place is None:
            yield text.value()
            return
        yield from _at(text, place, is_keyed=is_keyed)


def _at(text: JSONText, place: Place, *, is_keyed: bool) -> Iterator[Any]:
    if place:
        for name in text.members():
            if name == place[0]:
                yield from _at(text, place[1:], is_keyed=is_keyed)
            else:
                text.value()
    elif is_keyed:
        for name in text.members():
            yield {KEY: name, **text.value()}
    else:
        yield from text.items()


def _records(path: Path, place: Place | None, *, is_keyed: bool) -> Iterator[Raw]:
    for number, value in enumerate(_values(path, place, is_keyed=is_keyed), start=1):
        if isinstance(value, dict):
            yield Raw(number, flattened(value))
        else:
            yield Raw(number, {}, refused=_("expected an object"))
