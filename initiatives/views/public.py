"""Pages of initiatives: the list, its rows for the map's panel, one initiative, its card."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.gis.db.models.functions import Distance
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from .. import describing, presenting
from ..models import Initiative, OldSlug
from ..selection import parse_page

NEARBY = 6
NEARBY_METRES = 30_000
PANEL_OWN = ("page", "sort")


def selected(request: HttpRequest, path: str) -> tuple[dict, int]:
    """What every page with a selection shows, and the status: 400 where a value could not be used."""
    selection, errors, unknown = parse_page(request.GET, own=PANEL_OWN)
    counts = selection.counts()
    context = {
        "selection": selection,
        "errors": errors,
        "unknown_parameters": unknown,
        "counts": counts,
        "pills": presenting.pills(selection, path),
        "facets": presenting.facets(selection, path),
        "territory_choices": presenting.territory_choices(selection),
        "network_choices": presenting.network_choices(selection),
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
    answer = render(request, "initiatives/_rows.html", {"page": page, "selection": selection})
    answer["X-Matched"] = str(matched)
    return answer


def _published(slug: str) -> Initiative:
    found = Initiative.objects.published().for_page().filter(slug=slug).first()
    if found is None:
        raise Http404("No published initiative has this address.")
    return found


@login_not_required
@require_safe
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of an initiative; a former address redirects to the present one."""
    former = OldSlug.objects.filter(slug=slug).values_list("initiative__slug", flat=True).first()
    if former and not Initiative.objects.filter(slug=slug).exists():
        return HttpResponsePermanentRedirect(reverse("initiative", args=[former]))
    shown = _published(slug)
    return render(
        request,
        "initiatives/initiative.html",
        {
            "initiative": shown,
            "texts": describing.texts(shown, get_language()),
            "contacts": describing.contacts(shown, request.user),
            "crumbs": describing.crumbs(shown),
            "themes": describing.themes(shown),
            "hours": describing.hours(shown, get_language()),
            "sources": describing.sources(shown),
            "networks": shown.networks.filter(memberships__until=None).order_by("name"),
            "sites": shown.sites.published().for_lists(),
            "nearby": nearby(shown),
            "json_ld": describing.json_ld(shown, request.build_absolute_uri()),
            "permalink": request.build_absolute_uri(),
            "site_url": settings.SITE_URL,
        },
    )


def nearby(shown: Initiative) -> list[Initiative]:
    """The nearest others within 30 km by public position, with `distance`."""
    if shown.public_position is None:
        return []
    rows = (
        Initiative.objects.published()
        .near(shown.public_position, NEARBY_METRES)
        .exclude(pk=shown.pk)
        .for_lists()
        .annotate(distance=Distance("public_position", shown.public_position))
        .order_by("distance", "pk")
    )
    return list(rows[:NEARBY])


@login_not_required
@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """What slides in beside the map when a mark is chosen."""
    shown = _published(slug)
    return render(
        request,
        "initiatives/_card.html",
        {
            "initiative": shown,
            "texts": describing.texts(shown, get_language()),
            "themes": describing.themes(shown),
        },
    )
