"""Pages of networks, collectives and territories, with the initiatives that each holds."""

import json

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from geo.responses import fresh
from geo.tiles import Tile
from territories import tiles
from territories.models import Collective, Territory

from .. import presenting
from ..enums import Status
from ..models import Network
from ..selection import Selection


def _initiatives_of(request: HttpRequest, name: str, value: str) -> dict:
    """Counts, themes and a page of the initiatives that one filter leaves."""
    selection = Selection({name: (value,), "located": ("any",)})
    counts = selection.counts()
    return {
        "selection": selection.without("located"),
        "counts": counts,
        "facets": [facet for facet in presenting.facets(selection, "") if facet.count],
        "page": presenting.page_of(selection, counts["matched"], request.GET.get("page")),
    }


@login_not_required
@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    """All partner networks."""
    return render(
        request,
        "initiatives/networks.html",
        {"networks": Network.objects.with_counts().select_related("licence")},
    )


@login_not_required
@require_safe
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """A partner network and its initiatives."""
    shown = get_object_or_404(Network.objects.select_related("licence"), slug=slug)
    return render(
        request, "initiatives/network.html", {"network": shown, **_initiatives_of(request, "network", slug)}
    )


def _carried():
    return Count("initiatives", filter=Q(initiatives__status=Status.PUBLISHED))


@login_not_required
@require_safe
def collectives(request: HttpRequest) -> HttpResponse:
    """All collectives."""
    rows = (
        Collective.objects.published()
        .select_related("territory")
        .defer("perimeter", "territory__boundary")
        .annotate(initiative_count=_carried())
    )
    return render(request, "initiatives/collectives.html", {"collectives": rows})


@login_not_required
@require_safe
def collective(request: HttpRequest, slug: str) -> HttpResponse:
    """A collective, its perimeter and its initiatives."""
    rows = Collective.objects.published().select_related("territory").defer("territory__boundary")
    shown = get_object_or_404(rows, slug=slug)
    return render(
        request,
        "initiatives/collective.html",
        {"collective": shown, **_initiatives_of(request, "collective", slug)},
    )


@login_not_required
@require_safe
def territory(request: HttpRequest, code: str) -> HttpResponse:
    """A territory: outline, figures, what it lies in and holds, its collectives and initiatives."""
    shown = get_object_or_404(
        Territory.objects.without_boundary().select_related("parent", "licence"), code=code
    )
    context = _initiatives_of(request, "territory", code)
    matched = context["counts"]["matched"]
    return render(
        request,
        "initiatives/territory.html",
        {
            "territory": shown,
            "children": shown.children.without_boundary().order_by("scheme", "code")[:200],
            "collectives": Collective.objects.published().filter(territory=shown).defer("perimeter"),
            "density": round(matched / shown.population * 10_000, 2) if shown.population else None,
            **context,
        },
    )


# A boundary is drawn at most this many points wide, whatever its size.
OUTLINE_STEPS = 1500


def outline(request: HttpRequest, code: str) -> HttpResponse:
    """A territory as one GeoJSON Feature, its boundary simplified to what a screen can show."""
    shown = get_object_or_404(
        Territory.objects.only("code", "names", "scheme", "population", "view"), code=code
    )
    with connection.cursor() as cursor:
        cursor.execute(OUTLINE_SQL, {"id": shown.pk, "steps": OUTLINE_STEPS})
        shape, west, south, east, north = cursor.fetchone()
    return JsonResponse(
        {
            "type": "Feature",
            "id": shown.code,
            "bbox": [west, south, east, north],
            "geometry": json.loads(shape),
            "properties": {
                "code": shown.code,
                "name": shown.name,
                "names": shown.names,
                "scheme": shown.scheme,
                "population": shown.population,
                "view": shown.view or [west, south, east, north],
            },
        }
    )


OUTLINE_SQL = """
SELECT ST_AsGeoJSON(ST_SimplifyPreserveTopology(
         boundary, greatest(ST_XMax(boundary) - ST_XMin(boundary), ST_YMax(boundary) - ST_YMin(boundary)) / %(steps)s), 5),
       ST_XMin(boundary), ST_YMin(boundary), ST_XMax(boundary), ST_YMax(boundary)
FROM territories_territory WHERE id = %(id)s
"""


def boundary_tile(request: HttpRequest, z: str, x: str, y: str) -> HttpResponse:
    """Boundaries as a vector tile; 204 where there are none."""
    body = tiles.boundary_tile(Tile.parse(z, x, y))
    if not body:
        return HttpResponse(status=204)
    return fresh(request, HttpResponse(body, content_type="application/vnd.mapbox-vector-tile"))
