"""What the form of a submission shows of an initiative that is corrected, or of which everyone may suggest a change."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.contrib.gis.geos import Point
from django.utils.translation import get_language

from ..enums import Visibility
from ..models import Contact, Initiative
from . import translating

# Columns that are asked for and stored as they are.
PLAIN = (
    "name",
    "summary",
    "primary_theme",
    "country",
    "precision",
    "has_no_position",
    "description",
    "website",
    "legal_form",
    "founded",
)
ADDRESS = ("street", "postcode", "locality")


def public_initial_of(initiative: Initiative) -> dict[str, Any]:
    """What everyone may read of it: the public place and address, and contacts for everyone."""
    contacts = {row.kind: row for row in initiative.contacts.all() if row.visibility == Visibility.EVERYONE}
    shown = _initial(initiative, contacts, initiative.public_position)
    return shown | {name: getattr(initiative, f"public_{name}") for name in ADDRESS}


def initial_of(initiative: Initiative) -> dict[str, Any]:
    """What the form shows of an initiative that is corrected."""
    contacts = {row.kind: row for row in initiative.contacts.all()}
    shown = _initial(initiative, contacts, initiative.position)
    return shown | {name: getattr(initiative, name) for name in ADDRESS}


def _initial(initiative: Initiative, contacts: Mapping[str, Contact], point: Point | None) -> dict[str, Any]:
    shown = {name: getattr(initiative, name) for name in PLAIN}
    shown["description_language"] = initiative.description_language or (get_language() or "fr")[:2]
    shown["themes"] = [theme.pk for theme in initiative.themes.all()]
    for kind, row in contacts.items():
        shown |= {kind: row.value, f"{kind}_visibility": row.visibility}
    shown |= translating.initial_of(initiative.translations.all())
    if point:
        shown |= {"lat": f"{point.y:.6f}", "lon": f"{point.x:.6f}", "sure": True}
    return shown


def host_of(website: str) -> str:
    """The plain name of a web site, without www; empty where the address is none."""
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname
    except ValueError:
        return ""
    return (host or "").removeprefix("www.")
