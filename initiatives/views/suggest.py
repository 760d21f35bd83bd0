"""Suggestions while typing in the search box: initiatives, words, towns of the gazetteer, territories."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.gis.db.models.functions import Envelope
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from territories.models import Place, Territory

from ..searching.completing import completions, findable
from ..searching.correcting import corrections
from ..searching.ranking import best

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
    return [dict(zip(("name", "slug", "place", "theme"), row)) for row in best(words)]


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


NOTHING = {"initiatives": [], "completions": [], "places": [], "territories": [], "corrections": []}


@login_not_required
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Up to five of each kind that match what was typed, the best first, and three texts that complete it.

    Where nothing of any kind is found, up to three other spellings; completions and spellings lead to something.
    """
    words = request.GET.get("q", "").strip()[:LONGEST]
    if len(words) < SHORTEST:
        return JsonResponse(NOTHING)
    found = {
        "initiatives": _initiatives(words),
        "places": _places(words),
        "territories": _territories(words),
    }
    if any(found.values()):
        found["completions"] = completions(words) if found["initiatives"] else []
    else:
        found["corrections"] = corrections(words, findable().matching)
    return JsonResponse(NOTHING | found)
