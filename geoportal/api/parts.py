"""Schemas of what the API takes and gives, as OpenAPI 3.1 has them: JSON Schema."""

from typing import Any

from community.groups.enums import GroupKind
from community.members.enums import Status as MemberStatus
from initiatives.enums import Precision, Reach, Status
from initiatives.layers import PROPERTIES
from vocabulary.exchange import CATEGORIES, Kind

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
UUID: Schema = {"type": "string", "format": "uuid"}
DATE: Schema = {"type": "string", "format": "date"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
TEXTS: Schema = {"type": "array", "items": TEXT}
BY_LANGUAGE: Schema = {
    "type": "object",
    "description": "Texts by language code.",
    "additionalProperties": TEXT,
}


def or_null(schema: Schema) -> Schema:
    """The same, or null where unknown."""
    if "enum" in schema:
        return {**schema, "type": [schema["type"], "null"], "enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def ref(name: str) -> Schema:
    """A schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def members(closed: dict[str, Schema]) -> Schema:
    """An object with all these members and no other."""
    return {
        "type": "object",
        "properties": closed,
        "required": list(closed),
        "additionalProperties": False,
    }


def listed(item: Schema) -> Schema:
    """A page of rows."""
    return members({"next": or_null(ADDRESS), "results": {"type": "array", "items": item}})


KINDS: dict[str, Schema] = {
    **dict.fromkeys(("name", "slug", "licence"), TEXT),
    "status": {"type": "string", "enum": list(Status.values)},
    "position_precision": {"type": "string", "enum": list(Precision.values)},
    "reach": or_null({"type": "string", "enum": list(Reach.values)}),
    "url": TEXT,
    **dict.fromkeys(
        ("themes", "territories", "networks", "groups", "campaigns", "labels", "tags", "languages"), TEXTS
    ),
    **{
        name: {"type": "array", "items": {**TEXT, "enum": list(CATEGORIES)}, "uniqueItems": True}
        for name in ("offers", "needs")
    },
    "founded": or_null(NUMBER),
    "parent": or_null(UUID),
    "translations": {
        "type": "object",
        "additionalProperties": members({name: or_null(TEXT) for name in ("name", "summary", "description")}),
    },
    "address": members({name: or_null(TEXT) for name in ("street", "postcode", "locality", "country")}),
    "contact": {"type": "object", "additionalProperties": TEXT},
    "fields": {"type": "object"},
    "photos": {
        "type": "array",
        "items": members({"url": TEXT, "alt": TEXT, "credit": or_null(TEXT), "licence": or_null(TEXT)}),
    },
    "created": INSTANT,
    "updated": INSTANT,
    "confirmed": or_null(INSTANT),
    "sources": {
        "type": "array",
        "items": members(
            {
                "network": TEXT,
                "external_id": or_null(TEXT),
                "url": or_null(TEXT),
                "licence": or_null(TEXT),
                "retrieved": or_null(INSTANT),
            }
        ),
    },
}
POINT = {
    "type": ["object", "null"],
    "description": "The public position, EPSG:4326; null without one.",
    "properties": {
        "type": {"const": "Point"},
        "coordinates": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    },
    "required": ["type", "coordinates"],
}
WRITTEN = {
    "type": "object",
    "description": "A Feature with the members that are written; what is missing stays as it is.",
    "properties": {
        "type": {"const": "Feature"},
        "geometry": POINT,
        "properties": {"type": "object"},
    },
    "required": ["type", "properties"],
}
COMMON = {"url": TEXT, "names": BY_LANGUAGE}
SCHEMAS: dict[str, Schema] = {
    "Feature": members(
        {
            "type": {"const": "Feature"},
            "id": UUID,
            "geometry": POINT,
            "properties": members({name: KINDS.get(name, or_null(TEXT)) for name in PROPERTIES}),
        }
    ),
    "FeatureCollection": members(
        {
            "type": {"const": "FeatureCollection"},
            "next": or_null(ADDRESS),
            "numberReturned": NUMBER,
            "features": {"type": "array", "items": ref("Feature")},
        }
    ),
    "WrittenFeature": WRITTEN,
    "Changes": members(
        {
            "changes": {
                "type": "array",
                "items": members(
                    {
                        "id": UUID,
                        "change": {"type": "string", "enum": ["created", "updated", "removed"]},
                        "at": INSTANT,
                        "feature": {"oneOf": [ref("Feature"), {"type": "null"}]},
                    }
                ),
            },
            "next": {**TEXT, "description": "The cursor for the next request, to be kept."},
            "more": {"type": "boolean", "description": "Whether there is more at once."},
        }
    ),
    "Count": members(
        {
            "matched": NUMBER,
            "unlocated": NUMBER,
            "total": NUMBER,
            "themes": {"type": "object", "additionalProperties": NUMBER},
            "exact": {"type": "boolean"},
        }
    ),
    "Theme": members(
        {
            "slug": TEXT,
            **COMMON,
            "parent": or_null(TEXT),
            "order": NUMBER,
            "icon": TEXT,
            "short_names": BY_LANGUAGE,
            "definitions": BY_LANGUAGE,
            "synonyms": {"type": "object"},
            "codes": members(dict.fromkeys(("essglobal", "osm", "osm_weak", "nace"), TEXTS)),
        }
    ),
    "Territory": members(
        {
            "code": TEXT,
            **COMMON,
            "outline": TEXT,
            "scheme": TEXT,
            "parent": or_null(TEXT),
            "country": or_null(TEXT),
            "population": or_null(NUMBER),
            "source": or_null(TEXT),
            "licence": or_null(TEXT),
            "year": or_null(NUMBER),
            "initiative_count": NUMBER,
        }
    ),
    "Outline": {
        "type": "object",
        "description": "A GeoJSON Feature with a simplified boundary.",
        "properties": {"type": {"const": "Feature"}, "id": TEXT, "properties": {"type": "object"}},
        "required": ["type", "id", "geometry", "properties"],
    },
    "Collective": members(
        {
            "slug": TEXT,
            "url": TEXT,
            "name": TEXT,
            "purposes": BY_LANGUAGE,
            "territory": TEXT,
            "website": or_null(TEXT),
            "logo": or_null(TEXT),
            "created": INSTANT,
            "initiative_count": NUMBER,
        }
    ),
    "Network": members(
        {
            "slug": TEXT,
            "url": TEXT,
            "name": TEXT,
            "descriptions": BY_LANGUAGE,
            "country": or_null(TEXT),
            "website": or_null(TEXT),
            "charter": or_null(TEXT),
            "licence": or_null(TEXT),
            "complete": {"type": "boolean"},
            "created": INSTANT,
            "initiative_count": NUMBER,
        }
    ),
    "Group": members(
        {
            "slug": TEXT,
            "url": TEXT,
            "name": TEXT,
            "purpose": or_null(TEXT),
            "kind": {"type": "string", "enum": [GroupKind.PUBLIC.value, GroupKind.OPEN.value]},
            "language": TEXT,
            "territory": or_null(TEXT),
            "collective": or_null(TEXT),
            "members": NUMBER,
            "initiatives": NUMBER,
            "created": INSTANT,
            "archived": or_null(INSTANT),
        }
    ),
    "Offer": members(
        {
            "id": NUMBER,
            "kind": {**TEXT, "enum": list(Kind.values)},
            "category": {**TEXT, "enum": list(CATEGORIES)},
            **dict.fromkeys(("url", "title", "text", "language", "theme"), TEXT),
            "languages": TEXTS,
            "position": or_null({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}),
            "remote": {"type": "boolean"},
            "radius_km": or_null(NUMBER),
            **dict.fromkeys(("starts", "ends", "deadline"), or_null(DATE)),
            "dates": {"type": "array", "items": DATE},
            "fields": {"type": "object", "description": "Others of its category, null where unknown."},
            "photos": {"type": "array", "items": members({"url": TEXT, "alt": TEXT})},
            **dict.fromkeys(("locality", "country", "initiative", "collective", "member"), or_null(TEXT)),
            **dict.fromkeys(("published", "updated", "open_until"), INSTANT),
        }
    ),
    "Member": members(
        {
            "id": UUID,
            "url": TEXT,
            "public_name": TEXT,
            "status": {"type": "array", "items": {"type": "string", "enum": list(MemberStatus.values)}},
            "languages": TEXTS,
            "skills": TEXTS,
            "territory": or_null(TEXT),
            "locality": or_null(TEXT),
            "introduction": or_null(TEXT),
        }
    ),
    "Reason": {
        "type": "object",
        "properties": {"reason": TEXT},
        "additionalProperties": False,
    },
    "Problem": {
        "type": "object",
        "description": "What was wrong (RFC 9457).",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": NUMBER,
            "detail": TEXT,
            "parameter": {**TEXT, "description": "The parameter or member that was wrong."},
            "errors": {"type": "array", "items": members({"member": TEXT, "detail": TEXT})},
        },
        "required": ["type", "title", "status", "detail"],
    },
}
