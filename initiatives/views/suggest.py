"""Suggestions while typing in the search box: initiatives, words, towns of the gazetteer, territories."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from territories.enums import Scheme
from vocabulary.names import in_language

from ..searching.completing import completions, leading
from ..searching.correcting import corrected
from ..searching.suggesting import asked

SHORTEST, LONGEST = 2, 80


def _zoom(population: int) -> int:
    """A zoom at which a town of that size fills a good part of the screen."""
    return next(
        zoom for least, zoom in ((1_000_000, 10), (200_000, 11), (30_000, 12), (0, 13)) if population >= least
    )


def _place(row: dict) -> dict:
    return {
        "name": row["name"],
        "context": ", ".join(part for part in (row["admin1"], row["country"]) if part),
        "lon": round(row["lon"], 5),
        "lat": round(row["lat"], 5),
        "zoom": _zoom(row["population"]),
    }


def _territory(row: dict) -> dict:
    return {
        "code": row["code"],
        "name": in_language(row["names"]),
        "scheme": Scheme(row["scheme"]).label,
        "bbox": row["bbox"],
    }


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
    there = asked(words)
    if not there.folded:
        return JsonResponse(NOTHING)
    found = {
        "initiatives": there.initiatives,
        "places": [_place(row) for row in there.places],
        "territories": [_territory(row) for row in there.territories],
    }
    if there.initiatives:
        found["completions"] = completions(words, there.going_on, there.proven)
    elif not any(found.values()):
        found["corrections"] = corrected(there.folded.split(), leading)
    return JsonResponse(NOTHING | found)
