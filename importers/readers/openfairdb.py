"""OpenFairDB (Karte von morgen): `/entries` and the answers of `/search`, visible ones and the others."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from ..errors import BadFileError
from ..mapping import FileOptions
from ..phrases import phrase
from ..records import Raw, Source
from .adapted import names_of
from .flat import flattened
from .json_text import JSONText

EXPECTED = _("entries or search results of OpenFairDB")
LISTS = ("visible", "invisible")
# The two that there are, by their identifiers.
CATEGORIES = {
    "2cd00bebec0c48ba9db761da48678134": "initiative",
    "77b3c33a92554bcf8e8c2c86cedd6f6f": "company",
}
LEFT_OUT = ("archived", "rejected")
# How many a search gives where it is not asked for a number, and at most; it does not say what it left out.
LIMITS = (100, 500, 1_000, 2_000)


def read(path: Path, options: FileOptions) -> Source:
    """Open an answer; BadFileError where it has no entries."""
    columns, number = names_of(_records(path), path)
    if not number:
        raise BadFileError(path, _("no entry"), EXPECTED)
    notes = [phrase(_("%(number)s entries"), number=number)]
    if number in LIMITS:
        more = _("a search gives at most so many as it is asked for: perhaps there are more than %(number)s")
        notes.append(phrase(more, number=number))
    return Source(path, "openfairdb", columns, _records(path), notes=notes, preset="openfairdb")


def _entries(path: Path) -> Iterator[Any]:
    with JSONText(path) as text:
        if text.peek() == "[":
            yield from text.items()
            return
        for name in text.members():
            if name in LISTS and text.peek() == "[":
                yield from text.items()
            else:
                text.value()


def _records(path: Path) -> Iterator[Raw]:
    number = 0
    for entry in _entries(path):
        if isinstance(entry, dict) and entry.get("status") in LEFT_OUT:
            continue
        number += 1
        if not isinstance(entry, dict):
            yield Raw(number, {}, refused=_("expected an entry"))
            continue
        values = flattened(entry)
        found = values.get("categories")
        if isinstance(found, list):
            values["categories"] = [CATEGORIES.get(str(one), str(one)) for one in found]
        yield Raw(number, values)
