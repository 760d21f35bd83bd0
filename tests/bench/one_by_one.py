"""The same file brought in as one would with the ORM: `update_or_create` for each record and what hangs on it."""

import csv
import time
from itertools import islice
from pathlib import Path


def update_or_create(path: Path, number: int) -> float:
    """Seconds for the first rows; values are taken as they stand, nothing is cleaned, matched or compared."""
    from django.contrib.gis.geos import Point
    from django.utils.text import slugify

    from initiatives.models import (
        Contact,
        Identity,
        Initiative,
        InitiativeTheme,
        Network,
        NetworkMembership,
        StatusChange,
    )
    from initiatives.placement import place
    from vocabulary.models import Theme

    begun = time.monotonic()
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    network, _made = Network.objects.update_or_create(slug="bench-orm", defaults={"name": "Bench ORM"})
    with path.open(encoding="utf-8", newline="") as file:
        for row in islice(csv.DictReader(file), number):
            initiative, _made = Initiative.objects.update_or_create(
                slug=slugify(f"{row['name']} {row['id']}"),
                defaults={
                    "name": row["name"],
                    "summary": row["summary"],
                    "description": row["description"],
                    "primary_theme": themes[row["theme"]],
                    "founded": int(row["founded"]),
                    "tags": row["tags"].split(";"),
                    "position": Point(float(row["longitude"]), float(row["latitude"]), srid=4326),
                    "street": row["street"],
                    "postcode": row["postcode"],
                    "locality": row["city"],
                    "country": row["country"],
                    "website": row["website"],
                    "status": "published",
                },
            )
            InitiativeTheme.objects.update_or_create(initiative=initiative, theme=themes[row["theme"]])
            for kind in ("email", "phone"):
                Contact.objects.update_or_create(
                    initiative=initiative, kind=kind, defaults={"value": row[kind], "visibility": "everyone"}
                )
            NetworkMembership.objects.update_or_create(initiative=initiative, network=network)
            Identity.objects.update_or_create(
                network=network, external_id=row["id"], defaults={"initiative": initiative, "raw": row}
            )
            StatusChange.objects.create(initiative=initiative, verb="import", to_status="published")
            place(initiatives=[initiative.pk])
    return time.monotonic() - begun
