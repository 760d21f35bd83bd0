"""What the form of a submission shows of an initiative that is corrected."""

from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import get_language

from ..models import Initiative


def initial_of(initiative: Initiative) -> dict[str, Any]:
    """What the form shows of an initiative that is corrected."""
    contacts = {row.kind: row for row in initiative.contacts.all()}
    same = (
        "name",
        "summary",
        "primary_theme",
        "street",
        "postcode",
        "locality",
        "country",
        "precision",
        "has_no_position",
        "description",
        "website",
        "legal_form",
        "founded",
    )
    shown = {name: getattr(initiative, name) for name in same}
    shown["description_language"] = initiative.description_language or (get_language() or "fr")[:2]
    shown["themes"] = [theme.pk for theme in initiative.themes.all()]
    for kind, row in contacts.items():
        shown |= {kind: row.value, f"{kind}_visibility": row.visibility}
    if initiative.position:
        shown |= {"lat": f"{initiative.position.y:.6f}", "lon": f"{initiative.position.x:.6f}", "sure": True}
    return shown


def host_of(website: str) -> str:
    """The plain name of a web site, without www."""
    return (urlsplit(website if "//" in website else f"//{website}").hostname or "").removeprefix("www.")
