"""Demo networks, collectives and initiatives from fixtures/demo/, through the same actions as everyone's."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone

from initiatives import actions
from initiatives.enums import ContactKind
from initiatives.models import Initiative, Network
from initiatives.phones import normalise_phone
from territories.enums import CollectiveStatus
from territories.models import Collective, Territory
from vocabulary.models import LegalForm, Licence, Theme

FOLDER = settings.BASE_DIR / "fixtures" / "demo"
PLAIN = (
    "slug",
    "name",
    "summary",
    "description",
    "description_language",
    "precision",
    "street",
    "postcode",
    "locality",
    "country",
    "founded",
    "opening_hours",
    "tags",
    "labels",
    "languages",
    "translations",
)


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of one file."""
    return json.loads(path.read_text(encoding="utf-8"))


def load_networks() -> None:
    """The four demo networks."""
    licences = {licence.code: licence for licence in Licence.objects.all()}
    for row in read(FOLDER / "networks.json"):
        Network.objects.update_or_create(
            slug=row["slug"],
            defaults={
                "name": row["name"],
                "country": row["country"],
                "website": row["website"],
                "licence": licences[row["licence"]],
                "descriptions": row["description"],
                "charter_url": row["charter_url"] or "",
            },
        )


def load_collectives() -> None:
    """The twelve demo collectives; their perimeter is the territory they are rooted in."""
    for row in read(FOLDER / "collectives.json"):
        territory = Territory.objects.get(code=row["territory"])
        Collective.objects.update_or_create(
            slug=row["slug"],
            defaults={
                "name": row["name"],
                "purposes": row["purpose"],
                "territory": territory,
                "perimeter": territory.boundary,
                "website": row["website"] or "",
                "status": CollectiveStatus.PUBLISHED,
            },
        )


class Loader:
    """Turns rows of the files into values that the actions take."""

    def __init__(self) -> None:
        self.themes = {theme.slug: theme for theme in Theme.objects.all()}
        self.forms = {form.slug: form for form in LegalForm.objects.all()}
        self.licences = {licence.code: licence for licence in Licence.objects.all()}
        self.networks = {network.slug: network for network in Network.objects.all()}
        self.collectives = {
            collective.slug: collective for collective in Collective.objects.defer("perimeter")
        }

    def values(self, row: dict[str, Any]) -> dict[str, Any]:
        """Values of one initiative, its parent apart."""
        position = None if row["lon"] is None else Point(row["lon"], row["lat"], srid=4326)
        confirmed = row["confirmed"] and timezone.make_aware(datetime.fromisoformat(row["confirmed"]))
        seen = row["contact_visibility"]
        return {
            **{name: row[name] for name in PLAIN},
            "position": position,
            "has_no_position": position is None,
            "primary_theme": self.themes[row["primary_theme"]],
            "themes": [self.themes[slug] for slug in row["themes"]],
            "legal_form": self.forms[row["legal_form"]] if row["legal_form"] else None,
            "networks": [self.networks[slug] for slug in row["networks"]],
            "collective": self.collectives[row["collective"]] if row["collective"] else None,
            "website": row["website"] or "",
            "reach": row["reach"] or "",
            "confirmed_at": confirmed or None,
            "contacts": {
                **({ContactKind.EMAIL: (row["email"], seen["email"])} if row["email"] else {}),
                **(
                    {ContactKind.PHONE: (normalise_phone(row["phone"], row["country"]), seen["phone"])}
                    if row["phone"]
                    else {}
                ),
            },
            "photos": [
                {
                    "image": self.picture(photo["file"]),
                    "alt": photo["alt"],
                    "credit": photo["credit"],
                    "licence": self.licences[photo["licence"]],
                }
                for photo in row["photos"]
            ],
        }

    def picture(self, name: str) -> str:
        """Name in the media store of a demo picture, copied there the first time."""
        stored = f"photos/demo/{name}"
        if not default_storage.exists(stored):
            with (FOLDER / "photos" / name).open("rb") as file:
                default_storage.save(stored, File(file))
        return stored


def load_initiatives() -> int:
    """Create and publish the demo initiatives that are missing; their number."""
    loader = Loader()
    rows = [row for path in sorted(FOLDER.glob("initiatives-*.json")) for row in read(path)]
    present = set(
        Initiative.objects.filter(slug__in=[row["slug"] for row in rows]).values_list("slug", flat=True)
    )
    missing = [row for row in rows if row["slug"] not in present]
    for row in missing:
        made = actions.create(by=None, values=loader.values(row), reason="demo")
        actions.publish(made, by=None, reason="demo")
    for row in missing:
        if row.get("parent"):
            site = Initiative.objects.get(slug=row["slug"])
            actions.revise(site, by=None, values={"parent": Initiative.objects.get(slug=row["parent"])})
    return len(missing)
