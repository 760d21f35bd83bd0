"""The description of this door in OpenAPI 3.0."""

from django.conf import settings
from django.http import HttpRequest

from geo import crs as systems
from geo.cql2 import LANGUAGES
from geo.queryables import Kind
from initiatives.filters import InitiativeFilterSet

from .asking import MOST
from .collections import COLLECTIONS, Collection
from .links import GEOJSON, HTML, JSON, OPENAPI, SCHEMA

TEXT = {"type": "string"}
# GDAL takes a parameter that is called like a property for one that is equal to it, but this one matches all that lies
# inside: it is understood here as at every door, and not named.
OTHERWISE = ("territory",)
KINDS = {
    Kind.TEXT: TEXT,
    Kind.NUMBER: {"type": "number"},
    Kind.INSTANT: {"type": "string", "format": "date-time"},
}


def _parameter(name: str, schema: dict, description: str, place: str = "query") -> dict:
    found = {
        "name": name,
        "in": place,
        "description": description,
        "required": place == "path",
        "schema": schema,
        "style": "simple" if place == "path" else "form",
    }
    return found | ({} if place == "path" else {"explode": False})


def _limit(usual: int) -> dict:
    schema = {"type": "integer", "minimum": 1, "maximum": MOST, "default": usual}
    return _parameter(
        "limit", schema, "The most features in an answer; more than the maximum is the maximum."
    )


def _parameters() -> dict:
    uris = {"type": "string", "format": "uri", "enum": [crs.uri for crs in systems.ALL]}
    uris["default"] = systems.CRS84.uri
    box = {"oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}]}
    return {
        "f": _parameter("f", {**TEXT, "enum": ["json", "html"]}, "The form of the answer."),
        "lang": _parameter(
            "lang", {**TEXT, "enum": [code for code, _name in settings.LANGUAGES]}, "Language of pages."
        ),
        "limit": _limit(100),
        "cursor": _parameter("cursor", TEXT, "Where a page begins, as a next link gives it."),
        "bbox": _parameter(
            "bbox",
            {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6, **box},
            "Features that meet this box; the west may be greater than the east.",
        ),
        "bbox-crs": _parameter("bbox-crs", uris, "The coordinate system of bbox."),
        "crs": _parameter("crs", uris, "The coordinate system of the answer."),
        "datetime": _parameter("datetime", TEXT, "An instant or an interval; .. for an open end."),
        "filter": _parameter("filter", TEXT, "A condition in CQL2."),
        "filter-lang": _parameter(
            "filter-lang", {**TEXT, "enum": [*LANGUAGES], "default": "cql2-text"}, "The language of filter."
        ),
        "filter-crs": _parameter("filter-crs", uris, "The coordinate system of geometries in filter."),
        "featureId": _parameter("featureId", TEXT, "The identifier of a feature.", "path"),
    }


def _answers(media_type: str, said: str, schema: str = "") -> dict:
    shape = {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "object"}
    return {
        "200": {"description": said, "content": {media_type: {"schema": shape}, HTML: {"schema": TEXT}}},
        "400": {"$ref": "#/components/responses/InvalidParameter"},
        "404": {"$ref": "#/components/responses/NotFound"},
        "406": {"$ref": "#/components/responses/NotAcceptable"},
    }


def _get(
    name: str, said: str, media_type: str, *parameters: dict, schema: str = "", tag: str = "Service"
) -> dict:
    return {
        "get": {
            "operationId": name,
            "summary": said,
            "tags": [tag],
            "parameters": [*_refs("f", "lang"), *parameters],
            "responses": _answers(media_type, said, schema),
        }
    }


def _refs(*names: str) -> list[dict]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _own(collection: Collection) -> list[dict]:
    """The parameters of a collection alone: what its filters may name, and the selection that all doors share."""
    kinds = {one.name: KINDS[one.kind] for one in collection.queryables if one.kind in KINDS}
    found = [_parameter(name, kinds[name], f"Equal to this {name}.") for name in collection.parameters]
    for name, one in InitiativeFilterSet.base_filters.items() if collection.filters else ():
        if name not in ("bbox", *OTHERWISE):
            found.append(_parameter(name, TEXT, str(one.label)))
    return found


def _paths(collection: Collection) -> dict:
    room, title, tag = f"/collections/{collection.id}", str(collection.title), str(collection.title)
    limit = _refs("limit") if collection.usual == 100 else [_limit(collection.usual)]
    shared = _refs("bbox", "datetime", "cursor", "crs", "bbox-crs", "filter", "filter-lang", "filter-crs")
    name = collection.id.capitalize()
    return {
        room: _get(f"describe{name}", f"{title}: what they are", JSON, tag=tag),
        f"{room}/items": _get(
            f"get{name}",
            title,
            GEOJSON,
            *limit,
            *shared,
            *_own(collection),
            schema="FeatureCollection",
            tag=tag,
        ),
        f"{room}/items/{{featureId}}": _get(
            f"get{name}Feature",
            f"{title}: one",
            GEOJSON,
            *_refs("featureId", "crs"),
            schema="Feature",
            tag=tag,
        ),
        f"{room}/queryables": _get(
            f"get{name}Queryables", f"{title}: what filters may name", SCHEMA, tag=tag
        ),
        f"{room}/schema": _get(f"get{name}Schema", f"{title}: what each holds", SCHEMA, tag=tag),
    }


def _problem(said: str) -> dict:
    shape = {"$ref": "#/components/schemas/Problem"}
    return {"description": said, "content": {"application/problem+json": {"schema": shape}}}


def _components() -> dict:
    text_or_null = {"type": "object", "nullable": True}
    feature = {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {**TEXT, "enum": ["Feature"]},
            "id": TEXT,
            "geometry": text_or_null,
            "properties": {"type": "object"},
        },
    }
    features = {"type": "array", "items": {"$ref": "#/components/schemas/Feature"}}
    return {
        "parameters": _parameters(),
        "responses": {
            "InvalidParameter": _problem("A parameter that is unknown or cannot be used."),
            "NotFound": _problem("There is nothing at this address, or nothing public."),
            "NotAcceptable": _problem("A form of the answer that there is not."),
        },
        "schemas": {
            "Feature": feature,
            "FeatureCollection": {
                "type": "object",
                "required": ["type", "features"],
                "properties": {
                    "type": {**TEXT, "enum": ["FeatureCollection"]},
                    "features": features,
                    "numberMatched": {"type": "integer", "minimum": 0},
                    "numberReturned": {"type": "integer", "minimum": 0},
                    "timeStamp": {"type": "string", "format": "date-time"},
                    "links": {"type": "array", "items": {"type": "object"}},
                },
            },
            "Problem": {
                "type": "object",
                "properties": {
                    "type": TEXT,
                    "title": TEXT,
                    "status": {"type": "integer"},
                    "detail": TEXT,
                    "parameter": TEXT,
                },
            },
        },
    }


def document(request: HttpRequest) -> dict:
    """All of it."""
    paths = {
        "/": _get("getLandingPage", "The front of the door", JSON),
        "/api": _get("getDescription", "This description", OPENAPI),
        "/conformance": _get("getConformance", "Which standards are kept", JSON),
        "/collections": _get("getCollections", "All collections", JSON),
    }
    for collection in COLLECTIONS.values():
        paths |= _paths(collection)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": settings.SITE_NAME,
            "version": "1.0.0",
            "description": "OGC API – Features: initiatives, territorial collectives and territories.",
            "license": {"name": settings.DATA_LICENCE},
        },
        "servers": [{"url": request.build_absolute_uri("/ogc").rstrip("/")}],
        "paths": paths,
        "components": _components(),
    }
