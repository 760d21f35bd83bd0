"""JSON Schemas of a collection: what filters may name, and what each Feature holds."""

from geo.queryables import Kind as Asked
from geo.tables import Kind

from .collections import Collection

DRAFT = "https://json-schema.org/draft/2020-12/schema"
ASKED = {
    Asked.TEXT: {"type": "string"},
    Asked.NUMBER: {"type": "number"},
    Asked.INSTANT: {"type": "string", "format": "date-time"},
}
HELD = {
    Kind.TEXT: {"type": ["string", "null"]},
    Kind.INTEGER: {"type": ["integer", "null"]},
    Kind.INSTANT: {"type": ["string", "null"], "format": "date-time"},
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
    Kind.PARTS: {"type": ["object", "array"]},
}


def _titled(name: str, schema: dict) -> dict:
    return {"title": name.replace("_", " ").capitalize(), **schema}


def _schema(collection: Collection, address: str, properties: dict) -> dict:
    return {
        "$schema": DRAFT,
        "$id": address,
        "type": "object",
        "title": str(collection.title),
        "description": str(collection.description),
        "properties": properties,
        "additionalProperties": False,
    }


def _geometry(collection: Collection) -> dict:
    return {"title": "Geometry", "format": collection.shape, "x-ogc-role": "primary-geometry"}


def queryables(collection: Collection, address: str) -> dict:
    """What filters may name."""
    properties = {"geometry": _geometry(collection)}
    for one in collection.queryables:
        if one.kind != Asked.GEOMETRY:
            properties[one.name] = _titled(one.name, ASKED[one.kind])
    properties["id"]["x-ogc-role"] = "id"
    return _schema(collection, address, properties)


def schema(collection: Collection, address: str) -> dict:
    """What each Feature holds; every property is on every one."""
    properties: dict = {
        "id": {"title": "Identifier", "type": "string", "x-ogc-role": "id"},
        "geometry": _geometry(collection),
    }
    for column in collection.columns:
        name, *inner = column.path.split(".")
        if name == "id":
            continue
        if inner:
            holder = properties.setdefault(name, _titled(name, {"type": "object", "properties": {}}))
            holder["properties"][inner[0]] = _titled(inner[0], HELD[column.kind])
        else:
            properties[name] = _titled(name, HELD[column.kind])
    required = [name for name in properties if name not in ("id", "geometry")]
    return {**_schema(collection, address, properties), "required": required}
