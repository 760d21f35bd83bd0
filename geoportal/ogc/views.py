"""The doors of OGC API – Features: front, conformance, collections, items, schemas, the description of it all."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from msgspec import json

from geo import crs as systems
from geo.features import page
from geo.responses import known
from initiatives.mapped import INDEX

from . import extents, links, openapi, schemas
from .asking import asked, crs_of
from .collections import COLLECTIONS, Collection, named
from .conformance import CLASSES
from .doors import Answer, refuse_others


def landing(request: HttpRequest, form: str) -> Answer:
    """The front: what this is and where it goes on."""
    refuse_others(request)
    data = {
        "title": settings.SITE_NAME,
        "description": _("The data of the map for GIS programs, by OGC API – Features."),
        "attribution": f"© {settings.SITE_NAME}",
        "links": [*links.own(request, form, links.JSON), *links.of_service(request)],
    }
    return Answer(data, "geoportal/ogc/landing.html", shown={"collections": COLLECTIONS.values()})


def conformance(request: HttpRequest, form: str) -> Answer:
    """Which classes of the standards are kept."""
    refuse_others(request)
    data = {"conformsTo": CLASSES, "links": links.own(request, form, links.JSON)}
    return Answer(data, "geoportal/ogc/conformance.html")


def api(request: HttpRequest, form: str) -> Answer:
    """The description of the doors for programs."""
    refuse_others(request)
    return Answer(openapi.document(request), "geoportal/ogc/api.html", media_type=links.OPENAPI)


def _described(request: HttpRequest, collection: Collection) -> dict:
    return {
        "id": collection.id,
        "title": str(collection.title),
        "description": str(collection.description),
        "keywords": ["social and solidarity economy", "Europe", collection.id],
        "attribution": f"© {settings.SITE_NAME}",
        "itemType": "feature",
        "extent": extents.extent(collection),
        "itemCount": collection.count(),
        "crs": [crs.uri for crs in systems.ALL],
        "storageCrs": systems.CRS84.uri,
        "links": links.of_collection(request, collection),
    }


def collections(request: HttpRequest, form: str) -> Answer:
    """All collections."""
    refuse_others(request)
    described = []
    for collection in COLLECTIONS.values():
        one = _described(request, collection)
        room = links.at(request, f"collections/{collection.id}")
        one["links"] = [links.link(room, "self", links.JSON), *one["links"]]
        described.append(one)
    data = {
        "links": [*links.own(request, form, links.JSON), links.licence()],
        "collections": described,
        "crs": [crs.uri for crs in systems.ALL],
    }
    return Answer(data, "geoportal/ogc/collections.html")


def collection(request: HttpRequest, form: str, collection: str) -> Answer:
    """One collection."""
    found = named(collection)
    refuse_others(request)
    data = _described(request, found)
    data["links"] = [*links.own(request, form, links.JSON), *data["links"]]
    return Answer(data, "geoportal/ogc/collection.html", shown={"collection": found})


def queryables(request: HttpRequest, form: str, collection: str) -> Answer:
    """What filters may name."""
    return _schema(request, collection, "queryables", _("What filters may name"))


def schema(request: HttpRequest, form: str, collection: str) -> Answer:
    """What each feature holds."""
    return _schema(request, collection, "schema", _("What each feature holds"))


def _schema(request: HttpRequest, collection: str, kind: str, title: str) -> Answer:
    found = named(collection)
    refuse_others(request)
    data = getattr(schemas, kind)(found, links.at(request, f"collections/{found.id}/{kind}"))
    shown = {"collection": found, "title": title}
    return Answer(data, "geoportal/ogc/properties.html", links.SCHEMA, shown=shown)


# ── Features ────────────────────────────────────────────────────────────────────────────────────
def _version(collection: Collection):
    """What the Features of initiatives are of; names of the others may change without it."""
    view = INDEX.view() if collection.id == "initiatives" else None
    return None if view is None else view.version


def items(request: HttpRequest, form: str, collection: str) -> Answer | HttpResponse:
    """A page of features."""
    found = named(collection)
    wanted = asked(found, request.GET)
    version = _version(found)
    if form == "json" and (unchanged := known(request, version)):
        return unchanged
    shown = wanted.page()
    more, shown, matched = len(shown) > wanted.limit, shown[: wanted.limit], wanted.matched(len(shown))
    data: dict = {"numberReturned": len(shown)}
    if matched is not None:
        data["numberMatched"] = matched
    data["links"] = links.own(request, form, links.GEOJSON)
    home = links.at(request, f"collections/{found.id}")
    data["links"].append(links.link(home, "collection", links.JSON, str(found.title)))
    headers = {
        "Content-Crs": f"<{wanted.crs.uri}>",
        **({"OGC-NumberMatched": str(matched)} if matched is not None else {}),
        "OGC-NumberReturned": str(len(shown)),
    }
    context = {"collection": found}
    if more:
        data["links"].append(links.onward(request, form, shown[-1][0]))
        headers["Link"] = f'<{data["links"][-1]["href"]}>; rel="next"; type="{links.GEOJSON}"'
        context["onward"] = links.onward_relative(request, shown[-1][0])
    features = [feature for _key, feature in shown]
    if form == "html":
        context["features"] = [json.decode(feature) for feature in features]
        return Answer(data, "geoportal/ogc/items.html", shown=context, headers=headers)
    body = page(features, data)
    return Answer(data, "", links.GEOJSON, headers=headers, body=body, version=version, is_stamped=True)


def item(request: HttpRequest, form: str, collection: str, feature: str) -> Answer | HttpResponse:
    """One feature."""
    found = named(collection)
    refuse_others(request, "crs")
    crs = crs_of(request.GET)
    version = _version(found)
    body = found.one(feature, crs)
    if form == "json" and (unchanged := known(request, version)):
        return unchanged
    home = links.at(request, f"collections/{found.id}")
    told = [
        *links.own(request, form, links.GEOJSON),
        links.link(home, "collection", links.JSON, str(found.title)),
    ]
    data = json.decode(body)
    if data["properties"].get("url"):
        told.append(links.link(data["properties"]["url"], "canonical", links.HTML))
    headers = {"Content-Crs": f"<{crs.uri}>"}
    if form == "html":
        shown = {"collection": found, "feature": data}
        return Answer({"links": told}, "geoportal/ogc/item.html", shown=shown, headers=headers)
    whole = body[:-1] + b',"links":' + json.encode(told) + b"}"
    return Answer({}, "", links.GEOJSON, headers=headers, body=whole, version=version)
