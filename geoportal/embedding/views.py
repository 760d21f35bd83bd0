"""The page that other sites may show in a frame: the map of a selection, how many, where it comes from."""

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from initiatives import presenting
from initiatives.mapconfig import around, map_config
from initiatives.selection import Selection, parse_page

from . import looks
from .looks import Look


def _panel(selection: Selection, look: Look, matched: int) -> dict:
    """What stands beside the map, where something does."""
    if not look.panel:
        return {}
    path = reverse("embed")
    return {
        "words": (selection.get("q") or ("",))[0],
        "page": presenting.page_of(selection, matched, "1"),
        "path": path,
        **({"facets": presenting.facets(selection, path)} if look.panel == looks.FILTERS else {}),
    }


# No form that changes anything, no message, nobody's name: whatever a click in another site's frame could do here,
# anyone may do.
@login_not_required
@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request: HttpRequest) -> HttpResponse:
    """The map in a frame; 400 where a value of the selection could not be used."""
    selection, errors, unknown = parse_page(request.GET, own=looks.NAMES)
    look, wrong = looks.read(request.GET)
    errors |= wrong
    counts = selection.counts()
    config = map_config(selection, counts["matched"]) | {"view": look.view}
    config["bounds"] = config["bounds"] or around(selection, counts["matched"])
    campaigns = selection.cleaned.get("campaign") or ()
    context = {
        "map_config": config,
        # In its colours, under its title.
        "campaign": campaigns[0] if len(campaigns) == 1 else None,
        "selection": selection,
        "look": look,
        "counts": counts,
        "errors": errors,
        "unknown_parameters": unknown,
        "licence": settings.DATA_LICENCE,
        "home": reverse("map") + (f"?{selection.query}" if selection.query else ""),
        **_panel(selection, look, counts["matched"]),
    }
    return render(request, "geoportal/embed.html", context, status=400 if errors else 200)
