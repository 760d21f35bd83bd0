"""GoGoCarto: `elements.json`, full and compact, or a plain list of elements; what is pending or refused is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
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

EXPECTED = _("the elements of a GoGoCarto map")
# Words that stand for an address which is not told.
HIDDEN = ("private", "hidden")
# Below are proposals, refusals and what was deleted.
LEAST_STATUS = 1
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DRAWN = "geoJSONFeature"


@dataclass
class Sheet:
    """What stands beside the elements: names of the parts of compact ones, and the licence."""

    mapping: list[Any] = field(default_factory=list)
    licence: str = ""
    number: int = 0
    left_out: int = 0


def read(path: Path, options: FileOptions) -> Source:
    """Open a document; BadFileError where it has no elements."""
    sheet = Sheet()
    for element in _elements(path, sheet):
        sheet.number += 1
        sheet.left_out += not _counts(element, sheet)
    columns, number = names_of(_records(path, sheet), path)
    if not number:
        raise BadFileError(
            path, phrase(_("%(number)s elements, none of them published"), number=sheet.number), EXPECTED
        )
    how = _("%(number)s elements, %(left)s of them pending, refused or deleted: left out")
    notes = [phrase(how, number=sheet.number, left=sheet.left_out)]
    records = _records(path, sheet)
    return Source(path, "gogocarto", columns, records, notes=notes, preset="gogocarto", licence=sheet.licence)


def _elements(path: Path, sheet: Sheet) -> Iterator[Any]:
    with JSONText(path) as text:
        if text.peek() == "[":
            yield from text.items()
            return
        for name in text.members():
            if name == "data" and text.peek() == "[":
                yield from text.items()
            elif name == "mapping":
                found = text.value()
                sheet.mapping = found if isinstance(found, list) else []
            elif name == "licence":
                sheet.licence = str(text.value())
            else:
                text.value()


def _members(element: Any, sheet: Sheet) -> dict[str, Any] | None:
    """An element with names; None for what is none."""
    if isinstance(element, dict):
        return element
    if isinstance(element, list) and len(element) >= 4 and isinstance(element[1], list):
        return _named(element, sheet.mapping)
    return None


def _named(element: list[Any], mapping: list[Any]) -> dict[str, Any]:
    """A compact element, [id, [values], latitude, longitude, [categories], status?]; the names skip the categories."""
    names = next((part for part in mapping if isinstance(part, list)), [])
    # In some versions the names are those of both texts alone.
    named = dict(zip(map(str, names or ["name"]), element[1]))
    members = {"id": element[0], **named, "geo": {"latitude": element[2], "longitude": element[3]}}
    rest = element[4:]
    if rest and isinstance(rest[0], list):
        members["optionIds"] = rest.pop(0)
    if rest:
        members["status"] = rest[0]
    return members


def _counts(element: Any, sheet: Sheet) -> bool:
    members = _members(element, sheet) or {}
    status = members.get("status", LEAST_STATUS)
    return not isinstance(status, int) or status >= LEAST_STATUS


def _records(path: Path, sheet: Sheet) -> Iterator[Raw]:
    elements = (one for one in _elements(path, Sheet()) if _counts(one, sheet))
    for number, element in enumerate(elements, start=1):
        members = _members(element, sheet)
        if members is None:
            yield Raw(number, {}, refused=_("expected an element"))
            continue
        values = flattened({name: value for name, value in members.items() if name != DRAWN})
        if str(values.get("email", "")).strip().lower() in HIDDEN:
            values["email"] = ""
        hours = members.get("openHours")
        if isinstance(hours, dict):
            values["openHours"] = _hours(hours)
        yield Raw(number, values)


def _hours(days: dict[str, Any]) -> str:
    """Hours of days, {"Mo": "09:00-12:00"}, in the syntax of OpenStreetMap."""
    return "; ".join(f"{day} {days[day]}" for day in DAYS if days.get(day))
