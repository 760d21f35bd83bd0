"""KML: a record for each placemark, with the data it brings and the links in its description."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import shapely
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext_noop as _

from ..errors import BadFileError
from ..mapping import FileOptions
from ..phrases import BAD_XML, phrase
from ..records import Raw, Source
from .adapted import names_of

EXPECTED = _("KML with at least one placemark")
LINK = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
NUMBERS = re.compile(r"[\s,]+")
# The folders and the description of a placemark are columns too.
FOLDER, LINKS, MAIL, STYLE = "folder", "description.link", "description.mail", "style"


def read(path: Path, options: FileOptions) -> Source:
    """Open a document; BadFileError."""
    columns, number = names_of(_records(path), path)
    if not number:
        raise BadFileError(path, _("a document without placemarks"), EXPECTED)
    return Source(
        path,
        "kml",
        columns,
        _records(path),
        notes=[phrase(_("%(number)s placemarks"), number=number)],
        title=_title(path),
    )


def _title(path: Path) -> str:
    """What the document is called, where that stands before its folders and placemarks."""
    with path.open("rb") as file:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            if event == "start" and _name(element) in ("Folder", "Placemark"):
                break
            if event == "end" and _name(element) == "name":
                return (element.text or "").strip()
    return ""


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _records(path: Path) -> Iterator[Raw]:
    folders: list[str] = []
    number = 0
    try:
        with path.open("rb") as file:
            for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
                name = _name(element)
                if event == "start" and name == "Folder":
                    folders.append("")
                elif event == "end" and name == "Folder":
                    folders.pop()
                    element.clear()
                elif event == "end" and name == "name" and folders and not folders[-1]:
                    folders[-1] = (element.text or "").strip()
                elif event == "end" and name == "Placemark":
                    number += 1
                    yield _record(number, element, [one for one in folders if one])
                    element.clear()
    except (ParseError, DefusedXmlException, UnicodeError, ValueError) as error:
        told = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise BadFileError(path, phrase(BAD_XML, error=told), EXPECTED) from error


def _record(number: int, placemark: Element, folders: list[str]) -> Raw:
    values: dict[str, Any] = {}
    for child in placemark:
        name, text = _name(child), "".join(child.itertext()).strip()
        if name in ("name", "description", "address", "phoneNumber", "Snippet"):
            values[name] = text
        elif name == "styleUrl" and text and not text.startswith("#"):
            values[STYLE] = text
        elif name == "ExtendedData":
            values |= _extended(child)
    if folders:
        values[FOLDER] = " / ".join(folders)
    links = LINK.findall(values.get("description", ""))
    values[LINKS] = next((one for one in links if one.startswith(("http://", "https://"))), "")
    values[MAIL] = next((one[7:] for one in links if one.startswith("mailto:")), "")
    record = Raw(number, values)
    _locate(record, placemark)
    return record


def _extended(data: Element) -> dict[str, str]:
    found = {}
    for element in data.iter():
        label = element.get("name", "")
        if _name(element) == "Data" and label:
            values = [one for one in element if _name(one) == "value"]
            found[label] = "".join(values[0].itertext()).strip() if values else ""
        elif _name(element) == "SimpleData" and label:
            found[label] = "".join(element.itertext()).strip()
    return found


def _locate(record: Raw, placemark: Element) -> None:
    """Set the point of a placemark: its own, or one within its line or area."""
    drawn = [(one, "".join(one.itertext())) for one in placemark.iter() if _name(one) == "coordinates"]
    if not drawn:
        return
    try:
        pairs = [_pairs(text) for _element, text in drawn]
        if len(pairs) == 1 and len(pairs[0]) == 1:
            record.point = pairs[0][0]
            return
        figure = shapely.geometrycollections([_figure(part) for part in pairs if part])
        point = shapely.point_on_surface(figure)
        record.point = (point.x, point.y)
        record.warnings.append(_("a line or an area: a point within it was taken"))
    except (ValueError, IndexError, shapely.errors.ShapelyError):
        record.refused = _("expected coordinates longitude,latitude as numbers")


def _figure(pairs: list[tuple[float, float]]) -> shapely.Geometry:
    if len(pairs) == 1:
        return shapely.Point(pairs[0])
    is_ring = len(pairs) > 3 and pairs[0] == pairs[-1]
    return shapely.Polygon(pairs) if is_ring else shapely.LineString(pairs)


def _pairs(text: str) -> list[tuple[float, float]]:
    """Longitudes and latitudes; some write a blank after the comma, which then parts nothing."""
    tuples = re.sub(r"\s*,\s*", ",", text.strip()).split()
    numbers = [[float(part) for part in NUMBERS.split(one.strip(",")) if part] for one in tuples]
    return [(one[0], one[1]) for one in numbers]
