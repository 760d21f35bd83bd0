"""Pages of networks and collectives."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, Count, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from territories.models import Collective
from territories.outlines import Box, Differs, Outline, minimap
from vocabulary.names import in_order

from .. import linking, lists
from ..activity.reading import lately
from ..collectives.showing import its_people
from ..enums import Status, Verb
from ..exchange import showing as exchanges
from ..models import Network
from ..viewing import noting
from .held import host, initiatives_of


def _by_name(rows: Iterable) -> list:
    return sorted(rows, key=lambda row: in_order(row.name))


@login_not_required
@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    """All partner networks."""
    rows = lists.with_counts(
        Network.objects.select_related("licence"), "network", lambda rows: rows.with_counts()
    )
    return render(request, "initiatives/networks.html", {"networks": _by_name(rows)})


@login_not_required
@require_safe
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """A partner network and its initiatives."""
    shown = get_object_or_404(Network.objects.select_related("licence"), slug=slug)
    context = {
        "network": shown,
        "website_host": host(shown.website),
        "linked": linking.linked(shown),
        "may_import": request.user.has_perm(f"initiatives.{Verb.IMPORT}", shown),
    }
    return render(
        request, "initiatives/network.html", {**context, **initiatives_of(request, "network", slug)}
    )


@login_not_required
@require_safe
def collectives(request: HttpRequest) -> HttpResponse:
    """All collectives."""
    carried = Count("initiatives", filter=Q(initiatives__status=Status.PUBLISHED))
    rows = (
        Collective.objects.published().select_related("territory").defer("perimeter", "territory__boundary")
    )
    counted = lists.with_counts(rows, "collective", lambda rows: rows.annotate(initiative_count=carried))
    return render(request, "initiatives/collectives.html", {"collectives": _by_name(counted)})


@login_not_required
@require_safe
def collective(request: HttpRequest, slug: str) -> HttpResponse:
    """A collective, the area it covers and its initiatives."""
    rows = (
        Collective.objects.published()
        .select_related("territory__parent")
        .defer("perimeter", "territory__boundary", "territory__parent__boundary")
        .annotate(
            outline=Case(When(Differs("perimeter", "territory__boundary"), then=Outline("perimeter", None))),
            box=Box("perimeter"),
            territory_box=Box("territory__boundary"),
        )
    )
    shown = get_object_or_404(rows, slug=slug)
    noting.note(request, shown)
    return render(
        request,
        "initiatives/collective.html",
        {
            "collective": shown,
            "may_open_dashboard": request.user.has_perm("initiatives.open_dashboard", shown),
            "website_host": host(shown.website),
            "linked": linking.linked(shown),
            "groups": shown.groups.shown().active(),
            "people": its_people(shown, request.user),
            "contribution_count": shown.contributions.this_year().count(),
            "lately": lately(collective=shown),
            "exchanges": exchanges.of_collective(shown, request.user),
            "minimap": _area(shown),
            "minimap_label": _("Map: the area that %(name)s covers") % {"name": shown.name},
            **initiatives_of(request, "collective", slug),
        },
    )


def _area(shown: Collective) -> dict:
    """Its own perimeter where that is not its territory, else the territory."""
    if shown.outline:
        return minimap(outline=shown.outline, bounds=shown.box)
    address = reverse("territory_outline", args=[shown.territory.code])
    return minimap(outline_url=address, bounds=shown.territory.view or shown.territory_box)
