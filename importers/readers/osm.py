"""OpenStreetMap: Overpass JSON and .osm files; only what has a name and a tag that the vocabulary knows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext_noop as _

from vocabulary.models import Theme

from ..errors import BadFileError
from ..mapping import FileOptions
from ..phrases import BAD_XML, phrase
from ..records import Raw, Source
from .adapted import names_of
from .json_text import JSONText

EXPECTED = _("elements of OpenStreetMap (Overpass JSON or .osm)")
# Tags of themes that an element has, as the guesser of themes knows them; how it is called; where it is shown.
TAGS, KEY, PAGE = "osm_tags", "osm_id", "osm_url"
SITE = "https://www.openstreetmap.org/"
Place = tuple[float, float]


def read(path: Path, options: FileOptions) -> Source:
    """Open a document; BadFileError where nothing of the map is in it."""
    known = {tag for tags in Theme.objects.values_list("osm", flat=True) for tag in tags}
    columns, number = names_of(_records(path, known), path)
    if not number:
        raise BadFileError(path, _("no named element with a tag of a theme"), EXPECTED)
    notes = [phrase(_("%(number)s named elements with a tag of a theme; all others left out"), number=number)]
    return Source(path, "osm", columns, _records(path, known), notes=notes, preset="osm")


def _records(path: Path, known: set[str]) -> Iterator[Raw]:
    with path.open("rb") as file:
        is_xml = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    number = 0
    for kind, key, tags, place in _elements_of_xml(path) if is_xml else _elements(path):
        told = [f"{name}={value}" for name, value in tags.items() if f"{name}={value}" in known]
        if not tags.get("name") or not told:
            continue
        number += 1
        values = {**tags, TAGS: told, KEY: f"{kind}/{key}", PAGE: f"{SITE}{kind}/{key}"}
        yield Raw(number, values, point=place)


def _elements(path: Path) -> Iterator[tuple[str, Any, dict[str, str], Place | None]]:
    with JSONText(path) as text:
        for name in text.members():
            if name != "elements" or text.peek() != "[":
                text.value()
                continue
            for element in text.items():
                tags = element.get("tags") if isinstance(element, dict) else None
                if isinstance(tags, dict):
                    yield element.get("type"), element.get("id"), tags, _place(element)


def _place(element: dict[str, Any]) -> Place | None:
    """A node's own place, else the middle as Overpass gives it."""
    center = element.get("center")
    where = center if isinstance(center, dict) else element
    lon, lat = where.get("lon"), where.get("lat")
    return (float(lon), float(lat)) if isinstance(lon, int | float) and isinstance(lat, int | float) else None


def _elements_of_xml(path: Path) -> Iterator[tuple[str, str, dict[str, str], Place | None]]:
    """Nodes, ways and relations; a way is where the middle of its box is, a relation where that of its members'."""
    nodes: dict[str, Place] = {}
    ways: dict[str, Place] = {}
    try:
        with path.open("rb") as file:
            for _event, element in iterparse(file, forbid_dtd=True):
                kind = element.tag
                if kind not in ("node", "way", "relation"):
                    continue
                key = element.get("id", "")
                tags = {tag.get("k", ""): tag.get("v", "") for tag in element.iter("tag")}
                if kind == "node":
                    place = (float(element.get("lon", "nan")), float(element.get("lat", "nan")))
                    nodes[key] = place
                elif kind == "way":
                    place = _middle(
                        [nodes[one.get("ref")] for one in element.iter("nd") if one.get("ref") in nodes]
                    )
                    if place:
                        ways[key] = place
                else:
                    places = [
                        (nodes if one.get("type") == "node" else ways).get(one.get("ref", ""))
                        for one in element.iter("member")
                    ]
                    place = _middle([one for one in places if one])
                if tags:
                    yield kind, key, tags, place
                element.clear()
    except (ParseError, DefusedXmlException, UnicodeError, ValueError) as error:
        told = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise BadFileError(path, phrase(BAD_XML, error=told), EXPECTED) from error


def _middle(places: list[Place]) -> Place | None:
    if not places:
        return None
    longitudes, latitudes = zip(*places)
    return (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
