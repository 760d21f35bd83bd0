"""A territory as a page, as an outline, and boundaries as tiles."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.members.counts import members_of
from community.models import Contribution
from geo.errors import InvalidParameterError
from geo.responses import fresh
from geo.tiles import Tile
from territories import shapes, tiles
from territories.enums import Scheme
from territories.models import Collective, Territory
from territories.outlines import Box, Outline, minimap
from vocabulary.names import in_order

from .. import lists, mapped
from ..activity.reading import lately
from ..enums import Status
from ..selection import parse, refuse_parameters
from .held import initiatives_of

# A department may hold hundreds of towns; the page shows those with most initiatives.
CHILDREN = 200


@login_not_required
@require_safe
def territory(request: HttpRequest, code: str) -> HttpResponse:
    """A territory: outline, figures, what it lies in and holds, its collectives and initiatives."""
    parents = ("parent", "parent__parent", "parent__parent__parent")
    rows = (
        Territory.objects.without_boundary()
        .select_related("licence", *parents)
        .defer(*[f"{parent}__boundary" for parent in parents])
        .annotate(box=Box("boundary"))
    )
    shown = get_object_or_404(rows, code=code)
    context = initiatives_of(request, "territory", code)
    children, has_more = _children(shown)
    return render(
        request,
        "initiatives/territory.html",
        {
            "territory": shown,
            "parents": _parents(shown),
            "children": children,
            "has_more_children": has_more,
            "collectives": _collectives(shown),
            "groups": shown.groups.shown().active(),
            "member_count": members_of(shown),
            "contribution_count": Contribution.objects.this_year().inside(shown).count(),
            "lately": lately(territory=shown),
            "density": _density(context["counts"]["matched"], shown.population),
            "minimap": minimap(
                outline_url=reverse("territory_outline", args=[code]), bounds=shown.view or shown.box
            ),
            "minimap_label": _("Map: the borders of %(name)s") % {"name": shown.name},
            **context,
        },
    )


def _density(matched: int, population: int | None) -> float | None:
    return round(matched / population * 10_000, 2) if population else None


def _parents(shown: Territory) -> list[Territory]:
    """What it lies in, largest first."""
    found = []
    while shown.parent_id and len(found) < 3:
        shown = shown.parent
        found.insert(0, shown)
    return found


def _children(shown: Territory) -> tuple[list[Territory], bool]:
    """The territories it holds, by scheme and name, with `initiative_count`, and whether there are more."""
    carried = Count("initiative_links", filter=Q(initiative_links__initiative__status=Status.PUBLISHED))
    rows = lists.with_counts(
        shown.children.without_boundary().order_by("code"),
        "territory",
        lambda rows: rows.annotate(initiative_count=carried),
    )
    rows.sort(key=lambda row: -row.initiative_count)
    order = {scheme: place for place, scheme in enumerate(Scheme.values)}
    kept = sorted(rows[:CHILDREN], key=lambda row: (order[row.scheme], in_order(row.name)))
    return kept, len(rows) > CHILDREN


def _collectives(shown: Territory):
    """Collectives of the territory and of those inside it, down to three levels."""
    inside = Q(territory=shown)
    for path in ("territory__parent", "territory__parent__parent", "territory__parent__parent__parent"):
        inside |= Q(**{path: shown})
    return (
        Collective.objects.published()
        .filter(inside)
        .select_related("territory")
        .defer("perimeter", "territory__boundary")
    )


def outline(request: HttpRequest, code: str) -> HttpResponse:
    """A territory as one GeoJSON Feature, its boundary simplified to what a screen can show."""
    refuse_parameters(request.GET)
    rows = Territory.objects.only("code", "names", "scheme", "population", "view")
    shown = get_object_or_404(
        rows.annotate(outline=Outline("boundary", "view"), box=Box("boundary")), code=code
    )
    return JsonResponse(
        {
            "type": "Feature",
            "id": shown.code,
            "bbox": shown.box,
            "geometry": shown.outline,
            "properties": {
                "code": shown.code,
                "name": shown.name,
                "names": shown.names,
                "scheme": shown.scheme,
                "population": shown.population,
                "view": shown.view or shown.box,
            },
        }
    )


def boundary_tile(request: HttpRequest, z: str, x: str, y: str) -> HttpResponse:
    """Boundaries as a vector tile; 204 where there are none."""
    refuse_parameters(request.GET)
    body = tiles.boundary_tile(Tile.parse(z, x, y))
    if not body:
        return HttpResponse(status=204)
    return fresh(request, HttpResponse(body, content_type="application/vnd.mapbox-vector-tile"))


def scheme_shapes(request: HttpRequest, scheme: str) -> HttpResponse:
    """Outlines of all territories of a scheme as GeoJSON, of those inside `territory` alone where it is given."""
    if scheme not in Scheme.values:
        raise Http404(f"There is no such scheme; expected one of {', '.join(Scheme.values)}.")
    selection = parse(request.GET)
    for name in selection.values:
        if name != "territory":
            raise InvalidParameterError(name, "This door takes `territory` alone.")
    rows = Territory.objects.filter(scheme=scheme)
    if inside := selection.cleaned.get("territory"):
        rows = rows.inside([territory.pk for territory in inside])
    if rows.count() > shapes.MOST:
        raise InvalidParameterError(
            "territory", f"More than {shapes.MOST:,} territories. Expected those inside another one."
        )
    body = mapped.kept(("shapes", scheme, selection.query), lambda: shapes.collection(rows, scheme))
    return fresh(request, HttpResponse(body, content_type="application/geo+json"))
