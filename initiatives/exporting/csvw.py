"""What a CSV of initiatives holds, beside it: types, licence, attribution and query (CSV on the Web, W3C 2015)."""

from typing import Any

from django.conf import settings

from ..dictionary import table_fields
from ..selection import Selection
from .formats import told

MEDIA_TYPE = "application/csvm+json"
# Of Table Schema, as CSVW calls them.
TYPES = {
    "string": "string",
    "list": "string",
    "integer": "integer",
    "number": "double",
    "datetime": "dateTimeStamp",
    "object": "json",
    "array": "json",
}


def metadata(selection: Selection, address: str) -> dict[str, Any]:
    """The description of the table at an address."""
    said = told(selection)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": address,
        "dc:title": said["title"],
        "dc:license": said["licence"],
        "dc:publisher": settings.SITE_NAME,
        "dc:rights": said["attribution"],
        "dc:source": said["source"],
        "dc:description": f"Selection: {said['query'] or 'all'}",
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {
            "columns": [_column(field) for field in table_fields()],
            "primaryKey": "id",
        },
    }


def _column(field: dict[str, Any]) -> dict[str, Any]:
    limits = field.get("constraints", {})
    datatype: Any = "anyURI" if field.get("format") == "uri" else TYPES[field["type"]]
    bounds = {name: limits[name] for name in ("minimum", "maximum") if name in limits}
    column = {
        "name": field["name"],
        "titles": field["name"],
        "dc:description": field["description"],
        "datatype": {"base": datatype, **bounds} if bounds else datatype,
        "required": bool(limits.get("required")),
        "null": "",
    }
    return column | ({"separator": field["delimiter"]} if field["type"] == "list" else {})
