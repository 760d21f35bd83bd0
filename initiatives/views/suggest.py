"""Suggestions while typing in the search box: initiatives, towns of the gazetteer, territories."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.gis.db.models.functions import Envelope
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from territories.models import Place, Territory

from ..models import Initiative
from ..querysets import root_theme

SHORTEST, LONGEST = 2, 80
EACH = 5


def _zoom(population: int) -> int:
    """A zoom at which a town of that size fills a good part of the screen."""
    return next(
        zoom for least, zoom in ((1_000_000, 10), (200_000, 11), (30_000, 12), (0, 13)) if population >= least
    )


def _places(words: str) -> list[dict]:
    return [
        {
            "name": place.name,
            "context": ", ".join(part for part in (place.admin1, place.country) if part),
            "lon": round(place.position.x, 5),
            "lat": round(place.position.y, 5),
            "zoom": _zoom(place.population),
        }
        for place in Place.objects.starting_with(words)[:EACH]
    ]


def _initiatives(words: str) -> list[dict]:
    rows = (
        Initiative.objects.published()
        .matching(words)
        .annotate(theme=root_theme())
        .order_by("search_name", "pk")
    )
    return [
        {"name": row["name"], "slug": row["slug"], "place": row["public_locality"], "theme": row["theme"]}
        for row in rows.values("name", "slug", "public_locality", "theme")[:EACH]
    ]


def _territories(words: str) -> list[dict]:
    return [
        {
            "code": row.code,
            "name": row.name,
            "scheme": row.get_scheme_display(),
            "bbox": row.view or list(row.extent.extent),
        }
        for row in Territory.objects.administrative()
        .starting_with(words)
        .without_boundary()
        .annotate(extent=Envelope("boundary"))[:EACH]
    ]


@login_not_required
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Up to five of each kind whose name begins with, or holds, what was typed."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    if len(words) < SHORTEST:
        return JsonResponse({"initiatives": [], "places": [], "territories": []})
    return JsonResponse(
        {"initiatives": _initiatives(words), "places": _places(words), "territories": _territories(words)}
    )
