"""Links from each answer to the next: relation, media type, title."""

from django.conf import settings
from django.http import HttpRequest, QueryDict

from initiatives.exporting.formats import FORMATS

from .collections import Collection

JSON, HTML, GEOJSON = "application/json", "text/html", "application/geo+json"
SCHEMA, OPENAPI = "application/schema+json", "application/vnd.oai.openapi+json;version=3.0"
TITLES = {HTML: "HTML", JSON: "JSON", GEOJSON: "GeoJSON", SCHEMA: "JSON Schema", OPENAPI: "OpenAPI 3.0"}
REL = "http://www.opengis.net/def/rel/ogc/1.0/"
LICENCES = {"ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/"}


def link(href: str, rel: str, media_type: str, title: str = "") -> dict:
    """One link."""
    return {
        "href": href,
        "rel": rel,
        "type": media_type,
        "title": title or TITLES.get(media_type, media_type),
    }


def at(request: HttpRequest, path: str = "", form: str = "") -> str:
    """An address below this door, in a form."""
    return request.build_absolute_uri(f"/ogc/{path}") + (f"?f={form}" if form else "")


def _here(request: HttpRequest, **others: str) -> str:
    data = request.GET.copy()
    for name, value in others.items():
        data[name] = value
    return request.build_absolute_uri(f"{request.path}?{data.urlencode(safe=':,/')}")


def own(request: HttpRequest, form: str, media_type: str) -> list[dict]:
    """The answer itself and its other form."""
    forms = {"json": media_type, "html": HTML}
    return [
        link(_here(request, f=name), "self" if name == form else "alternate", media)
        for name, media in sorted(forms.items(), key=lambda one: one[0] != form)
    ]


def onward(request: HttpRequest, form: str, cursor: int) -> dict:
    """The next page."""
    return link(
        _here(request, f=form, cursor=str(cursor)), "next", HTML if form == "html" else GEOJSON, "Next page"
    )


def onward_relative(request: HttpRequest, cursor: int) -> str:
    """The next page, for a button."""
    data: QueryDict = request.GET.copy()
    data["cursor"] = str(cursor)
    return f"?{data.urlencode()}"


def licence() -> dict:
    """The licence of the data as a whole."""
    code = settings.DATA_LICENCE
    return link(LICENCES.get(code, f"https://spdx.org/licenses/{code}.html"), "license", HTML, code)


def of_service(request: HttpRequest) -> list[dict]:
    """From the front of the door."""
    return [
        link(at(request, "api", "json"), "service-desc", OPENAPI),
        link(at(request, "api", "html"), "service-doc", HTML),
        link(at(request, "conformance"), "conformance", JSON),
        link(at(request, "collections"), "data", JSON),
        licence(),
    ]


def of_collection(request: HttpRequest, collection: Collection) -> list[dict]:
    """What there is of a collection: its items in each form, what may be asked, whole files."""
    room = f"collections/{collection.id}"
    found = [
        link(at(request, f"{room}/items", "json"), "items", GEOJSON),
        link(at(request, f"{room}/items", "html"), "items", HTML),
        link(at(request, f"{room}/queryables"), f"{REL}queryables", SCHEMA, "Queryables"),
        link(at(request, f"{room}/schema"), f"{REL}schema", SCHEMA, "Schema"),
        # As Part 5 of the drafts had it.
        link(at(request, f"{room}/schema"), "describedby", SCHEMA, "Description"),
        licence(),
    ]
    if collection.id == "initiatives":
        for format in FORMATS.values():
            href = request.build_absolute_uri(f"/exports/initiatives.{format.suffix}")
            found.append(link(href, "enclosure", format.media_type, format.title))
        href = request.build_absolute_uri("/exports/initiatives.fgb")
        found.append(link(href, "items", FORMATS["fgb"].media_type, FORMATS["fgb"].title))
    return found
