"""What the script of a map is told: where its tiles, cards and lists are, what is chosen, where it opens."""

from django.conf import settings
from django.contrib.gis.db.models import Extent
from django.templatetags.static import static
from django.urls import reverse

from vocabulary.models import Theme

from .querysets import InitiativeQuerySet
from .selection import Selection

Bounds = list[list[float]]

# Up to so many a map opens on where they are; more take long to look at, and are everywhere.
FEW = 6_000
# Degrees around them: a single one is shown with its town.
AROUND = 0.02


def _placeholder(name: str) -> str:
    """The address of a page of an initiative with `{slug}` to fill in."""
    return reverse(name, args=["slug-here"]).replace("slug-here", "{slug}")


def _bounds(selection: Selection) -> Bounds | None:
    """South-west and north-east corner of the chosen territories, else of the box."""
    box = selection.cleaned.get("bbox")
    if box:
        return [[box.south, box.west], [box.north, box.east]]
    return None


def map_config(selection: Selection, matched: int) -> dict:
    """What the map's script needs to know."""
    return {
        "query": selection.query,
        "matched": matched,
        "tiles": "/tiles/initiatives/{z}/{x}/{y}.json",
        "rows": reverse("initiative_rows"),
        "panel": reverse("initiative_panel"),
        "map": reverse("map"),
        "site": settings.SITE_NAME,
        "list": reverse("initiatives"),
        "card": _placeholder("initiative_card"),
        "page": _placeholder("initiative"),
        "suggest": reverse("suggest"),
        "outline": "/api/territories/{code}/",
        "basemapAttribution": settings.BASEMAP_ATTRIBUTION,
        "themes": {
            theme.slug: {"icon": theme.icon, "name": theme.name, "short": theme.short_name}
            for theme in Theme.objects.roots()
        },
        "icons": static("img/icons.svg"),
        "bounds": _bounds(selection),
    }


def around(selection: Selection, matched: int) -> Bounds | None:
    """South-west and north-east corner of the public positions of a selection."""
    if selection.is_empty or not 0 < matched <= FEW:
        return None
    return box_of(selection.initiatives())


def box_of(initiatives: InitiativeQuerySet) -> Bounds | None:
    """The same of any initiatives; none where none has a position."""
    box = initiatives.located().order_by().aggregate(box=Extent("public_position"))["box"]
    return box and [[box[1] - AROUND, box[0] - AROUND], [box[3] + AROUND, box[2] + AROUND]]
