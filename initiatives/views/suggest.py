"""Suggestions while typing in the search box: initiatives, words, towns of the gazetteer, territories."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from msgspec import json

from territories.enums import Scheme
from vocabulary.names import in_language

from .. import mapped
from ..searching.completing import completions, leading
from ..searching.correcting import corrected
from ..searching.suggesting import suggested

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
        "scheme": str(Scheme(row["scheme"]).label),
        "bbox": row["bbox"],
    }


NOTHING = {"initiatives": [], "completions": [], "places": [], "territories": [], "corrections": []}


def _found(words: str) -> bytes:
    """The answer to words that are long enough, JSON in UTF-8."""
    there = suggested(words)
    begun = there.begun
    if not begun.folded:
        return json.encode(NOTHING)
    found = {
        "initiatives": there.initiatives,
        "places": [_place(row) for row in begun.places],
        "territories": [_territory(row) for row in begun.territories],
    }
    if there.initiatives:
        found["completions"] = completions(words, begun.going_on, there.proven)
    elif not any(found.values()):
        found["corrections"] = corrected(begun.folded.split(), leading)
    return json.encode(NOTHING | found)


@login_not_required
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Up to five of each kind that match what was typed, the best first, and three texts that complete it.

    Where nothing of any kind is found, up to three other spellings; completions and spellings lead to something.
    """
    words = request.GET.get("q", "").strip()[:LONGEST]
    if len(words) < SHORTEST:
        body = json.encode(NOTHING)
    else:
        body = mapped.kept(("suggested", get_language(), words), lambda: _found(words))
    return HttpResponse(body, content_type="application/json")
