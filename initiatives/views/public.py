"""Pages of initiatives: the list, its rows for the map's panel, one initiative, its card."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.gis.db.models import PointField
from django.contrib.gis.db.models.functions import Distance
from django.db.models import Value
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.models import Group, Member
from geo.functions import Metres, geography
from territories.enums import CollectiveStatus
from territories.outlines import minimap

from .. import describing, linking, presenting, ways
from ..enums import DEMO_TAG, Precision, Status
from ..exchange import showing as exchanges
from ..exchange.counting import exchanged_by
from ..groups.showing import groups_of
from ..merging import following
from ..minimaps import mark
from ..models import Initiative, OldSlug, Proposal
from ..selection import parse_page
from ..upkeep import ageing
from ..viewing import noting

NEARBY = 6
NEARBY_METRES = 30_000
PANEL_OWN = ("page", "sort")


def selected(request: HttpRequest, path: str) -> tuple[dict, int]:
    """What every page with a selection shows, and the status: 400 where a value could not be used."""
    selection, errors, unknown = parse_page(request.GET, own=PANEL_OWN)
    counts = selection.counts()
    context = {
        "selection": selection,
        "words": (selection.get("q") or ("",))[0],
        "errors": errors,
        "unknown_parameters": unknown,
        "counts": counts,
        "pills": presenting.pills(selection, path),
        "facets": presenting.facets(selection, path),
        **presenting.choices(selection),
        "path": path,
        "page": presenting.page_of(selection, counts["matched"], request.GET.get("page")),
    }
    return context, 400 if errors else 200


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The same selection as the map, as a list that works without script."""
    context, status = selected(request, reverse("initiatives"))
    return render(request, "initiatives/list.html", context, status=status)


@login_not_required
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The rows of the panel for a selection and the box in view, as a fragment; X-Matched tells their number."""
    selection, errors, _unknown = parse_page(request.GET, own=PANEL_OWN)
    if errors:
        return render(request, "initiatives/_rows_error.html", {"errors": errors}, status=400)
    matched = selection.counts()["matched"]
    page = presenting.page_of(selection, matched, request.GET.get("page"))
    answer = render(request, "initiatives/_rows.html", {"page": page, "more": page.has_next()})
    answer["X-Matched"] = str(matched)
    return answer


@login_not_required
@require_safe
def panel(request: HttpRequest) -> HttpResponse:
    """What the map's panel says of a selection, as a fragment of named parts; X-Matched tells the number."""
    context, status = selected(request, reverse("map"))
    answer = render(request, "initiatives/_panel.html", context, status=status)
    answer["X-Matched"] = str(context["counts"]["matched"])
    return answer


def _published(slug: str) -> Initiative:
    found = Initiative.objects.published().for_page().filter(slug=slug).first()
    if found is None:
        raise Http404("No published initiative has this address.")
    return found


@login_not_required
@require_safe
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of an initiative; that of a former name, or of one that was merged, leads on."""
    former = OldSlug.objects.filter(slug=slug, initiative__status=Status.PUBLISHED)
    present = former.values_list("initiative__slug", flat=True).first()
    if present and not Initiative.objects.filter(slug=slug).exists():
        return HttpResponsePermanentRedirect(reverse("initiative", args=[present]))
    try:
        shown = _published(slug)
    except Http404:
        return following.led("initiative", slug)
    noting.note(request, shown)
    permalink = f"{settings.SITE_URL}{request.path}"
    may_revise = request.user.has_perm("initiatives.revise", shown)
    context = {
        **presentation(shown, request.user),
        "sources": describing.sources(shown),
        "linked": linking.linked(shown),
        "exchanges": exchanges.of_initiative(shown, request.user),
        "sites": shown.sites.published().for_lists(),
        "nearby": nearby(shown),
        "stale_since": ageing.stale_since(shown),
        "ways": ways.of(shown, request.user),
        "may_revise": may_revise,
        "proposed": Proposal.objects.open().filter(initiative=shown).count() if may_revise else 0,
        "json_ld_script": describing.json_ld_script(shown, permalink),
        "permalink": permalink,
    }
    return render(request, "initiatives/initiative.html", context)


def presentation(shown: Initiative, reader: Member) -> dict:
    """What the page of an initiative says of it, published or about to be."""
    return {
        "initiative": shown,
        "texts": describing.texts(shown, get_language()),
        "contacts": describing.contacts(shown, reader),
        "crumbs": describing.crumbs(shown),
        "themes": describing.themes(shown),
        "hours": describing.hours(shown, get_language()),
        "groups": groups_of(shown, Group.objects.shown()),
        "networks": shown.networks.filter(memberships__until=None).order_by("name"),
        **_belonging(shown),
        "tags": [tag for tag in shown.tags if tag != DEMO_TAG],
        "website_host": urlsplit(shown.website).netloc.removeprefix("www."),
        **_position(shown),
    }


def _belonging(shown: Initiative) -> dict:
    """Its collective and what it is a site of, as far as everyone may see them."""
    collective, parent = shown.collective, shown.parent
    return {
        "collective": collective if collective and collective.status == CollectiveStatus.PUBLISHED else None,
        "parent": parent if parent and parent.is_published else None,
    }


# Zoom that shows what a precision tells, and not more.
ZOOMS = {Precision.EXACT: 15, Precision.STREET: 14, Precision.LOCALITY: 11, Precision.REGION: 8}


def _position(shown: Initiative) -> dict:
    """Small map and links to directions from the public position, which is all that a page may tell."""
    point = shown.public_position
    if point is None:
        return {"minimap": None}
    zoom = ZOOMS[Precision(shown.precision)]
    lat, lon = f"{point.y:.7f}".rstrip("0"), f"{point.x:.7f}".rstrip("0")
    return {
        "minimap": {**minimap(marks=[mark(shown, point, blurred=shown.is_blurred)]), "zoom": 9},
        "minimap_label": _("Map: %(name)s, %(place)s") % {"name": shown.name, "place": shown.public_locality},
        "directions": f"https://www.openstreetmap.org/directions?to={lat}%2C{lon}#map={zoom}/{lat}/{lon}",
        "geo_uri": f"geo:{lat},{lon}?z={zoom}",
        "map_hash": f"#{min(zoom, 12)}/{lat}/{lon}",
    }


def nearby(shown: Initiative) -> list[Initiative]:
    """The nearest others within 30 km by public position, with `distance`."""
    if shown.public_position is None:
        return []
    here = shown.public_position
    rows = (
        Initiative.objects.published()
        .near(here, NEARBY_METRES)
        .exclude(pk=shown.pk)
        .for_lists()
        .annotate(distance=Distance("public_position", here))
        # A second key would sort all of them; the few that come are put in order below.
        .order_by(Metres(geography("public_position"), geography(Value(here, PointField(srid=4326)))))
    )
    return sorted(rows[:NEARBY], key=lambda row: (row.distance, row.pk))


@login_not_required
@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """What slides in beside the map when a mark is chosen."""
    try:
        shown = _published(slug)
    except Http404:
        return following.led("initiative_card", slug)
    return render(
        request,
        "initiatives/_card.html",
        {
            "initiative": shown,
            "texts": describing.texts(shown, get_language()),
            "themes": describing.themes(shown),
            "groups": groups_of(shown, Group.objects.shown()),
            "exchanged": exchanged_by(shown),
            "spots": linking.spots(shown),
        },
    )
