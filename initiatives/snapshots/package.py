"""`datapackage.json` of a snapshot: Data Package v2, which describes each file so that programs can read it."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from vocabulary.models import Licence

from ..describing_data import texts
from ..dictionary import table_fields
from ..exporting.formats import FORMATS
from ..models import Network, Snapshot
from . import reading

SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
NAMES = [f"name_{code}" for code in LANGUAGES]
CODES = ["essglobal", "osm", "nace"]
THEME_COLUMNS = ["slug", "parent", *NAMES, *CODES]
FORM_COLUMNS = ["slug", "parent", "country", *NAMES]
TITLES = {
    "themes.csv": "Vocabulary of themes",
    "legal-forms.csv": "Vocabulary of legal forms",
    "themes.ttl": "Vocabulary of themes as SKOS",
    "changes.csv": "What came, changed and went since the snapshot before; without one before, all came",
}
# What a citation manager reads is no data.
LEFT_OUT = (".bib", "citation.json")


def write(path: Path, snapshot: Snapshot, files: list[dict]) -> None:
    """Write the description of a snapshot with these files."""
    described = package(snapshot, files)
    path.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def package(snapshot: Snapshot, files: list[dict]) -> dict[str, Any]:
    """The description as an object."""
    named = f"social-planet-initiatives-{snapshot.label}"
    sources = _sources(snapshot.counts["networks"])
    return {
        "$schema": SCHEMA,
        "name": named,
        "id": reading.address(snapshot.label, reading.PACKAGE),
        "title": f"{texts.title()}, {snapshot.label}",
        "description": texts.description(),
        "homepage": f"{settings.SITE_URL}/",
        "version": snapshot.label,
        "created": snapshot.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "keywords": texts.KEYWORDS,
        "licenses": [_licence(settings.DATA_LICENCE)],
        "contributors": [{"title": texts.publisher(), "roles": ["publisher"]}],
        **({"sources": sources} if sources else {}),
        "resources": [_resource(file) for file in files if not file["name"].endswith(LEFT_OUT)],
    }


def _licence(code: str) -> dict[str, str]:
    row = Licence.objects.filter(code=code).first()
    return {"name": code, **({"path": row.url, "title": row.name} if row else {})}


def _sources(counts: dict[str, int]) -> list[dict[str, Any]]:
    """Each network that has something here, with the licence of its data."""
    sources = []
    for network in Network.objects.filter(slug__in=counts).select_related("licence").order_by("slug"):
        source: dict[str, Any] = {"title": network.name, "name": network.slug, "rows": counts[network.slug]}
        if network.website:
            source["path"] = network.website
        if network.licence:
            licence = network.licence
            source["licenses"] = [{"name": licence.code, "path": licence.url, "title": licence.name}]
        sources.append(source)
    return sources


def _resource(file: dict) -> dict[str, Any]:
    name = file["name"]
    stem, _dot, suffix = name.rpartition(".")
    media, _semicolon, _parameters = file["media_type"].partition(";")
    format = FORMATS.get(suffix) if stem == "initiatives" else None
    resource: dict[str, Any] = {
        "name": name.replace(".", "-"),
        "title": f"Initiatives as {format.title}" if format else TITLES[name],
        "path": name,
        "format": suffix,
        "mediatype": media,
        "bytes": file["bytes"],
        "hash": f"sha256:{file['sha256']}",
    }
    if suffix in ("csv", "geojson", "geojsonl", "ttl"):
        resource["encoding"] = "utf-8"
    if suffix == "csv":
        resource.update(type="table", dialect={"delimiter": ",", "header": True}, schema=_schema(name))
    return resource


def _schema(name: str) -> dict[str, Any]:
    return {"missingValues": [""], **SCHEMAS[name]()}


def _initiatives() -> dict[str, Any]:
    return {
        "fields": table_fields(),
        "primaryKey": ["id"],
        "foreignKeys": [
            {"fields": [name], "reference": {"resource": resource, "fields": ["slug"]}}
            for name, resource in (("primary_theme", "themes-csv"), ("legal_form", "legal-forms-csv"))
        ],
    }


def _text(name: str, description: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "string", "description": description, **more}


def _words(of: str, *others: dict[str, Any]) -> dict[str, Any]:
    names = [_text(f"name_{code}", f"Name ({code}).") for code in LANGUAGES]
    return {
        "fields": [
            _text("slug", f"Identifier of the {of}.", constraints={"required": True, "unique": True}),
            _text("parent", f"The broader {of}, if there is one."),
            *others[:1],
            *names,
            *others[1:],
        ],
        "primaryKey": ["slug"],
        "foreignKeys": [{"fields": ["parent"], "reference": {"fields": ["slug"]}}],
    }


def _themes() -> dict[str, Any]:
    said = {
        "essglobal": "ESSGlobal activities.",
        "osm": "OpenStreetMap tags.",
        "nace": "NACE Rev. 2 divisions.",
    }
    described = _words("theme")
    for name in CODES:
        described["fields"].append(
            {"name": name, "type": "list", "delimiter": "; ", "itemType": "string", "description": said[name]}
        )
    return described


def _forms() -> dict[str, Any]:
    return _words("legal form", _text("country", "Country whose law names it so, empty for all."))


def _changes() -> dict[str, Any]:
    kinds = {"enum": ["added", "changed", "removed"], "required": True}
    return {
        "fields": [
            _text("id", "Identifier of the initiative.", format="uuid", constraints={"required": True}),
            _text("change", "What happened to it.", constraints=kinds),
            {
                "name": "fields",
                "type": "list",
                "delimiter": "; ",
                "itemType": "string",
                "description": "Properties that differ, where it changed.",
            },
        ],
        "primaryKey": ["id"],
    }


SCHEMAS = {
    "initiatives.csv": _initiatives,
    "themes.csv": _themes,
    "legal-forms.csv": _forms,
    "changes.csv": _changes,
}
