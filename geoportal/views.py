"""The home map and the pages that any such site has."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from community import retention
from initiatives.selection import Selection
from initiatives.views.public import selected
from vocabulary.models import Theme

from . import glossary


def _placeholder(name: str) -> str:
    """The address of a page of an initiative with `{slug}` to fill in."""
    return reverse(name, args=["slug-here"]).replace("slug-here", "{slug}")


def _bounds(selection: Selection) -> list[list[float]] | None:
    """South-west and north-east corner of the chosen territories, else of the box."""
    box = selection.cleaned.get("bbox")
    if box:
        return [[box.south, box.west], [box.north, box.east]]
    return None


def map_config(selection: Selection, matched: int) -> dict:
    """What the map's script needs to know."""
    return {
        "query": selection.query,
        "matched": matched,
        "tiles": "/tiles/initiatives/{z}/{x}/{y}.json",
        "rows": reverse("initiative_rows"),
        "panel": reverse("initiative_panel"),
        "map": reverse("map"),
        "site": settings.SITE_NAME,
        "list": reverse("initiatives"),
        "card": _placeholder("initiative_card"),
        "page": _placeholder("initiative"),
        "suggest": reverse("suggest"),
        "outline": "/api/territories/{code}/",
        "basemapAttribution": settings.BASEMAP_ATTRIBUTION,
        "themes": {
            theme.slug: {"icon": theme.icon, "name": theme.name, "short": theme.short_name}
            for theme in Theme.objects.roots()
        },
        "icons": static("img/icons.svg"),
        "bounds": _bounds(selection),
    }


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The map."""
    context, status = selected(request, reverse("map"))
    context["map_config"] = map_config(context["selection"], context["counts"]["matched"])
    return render(request, "geoportal/map.html", context, status=status)


def _page(template: str, **context):
    @login_not_required
    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, template, context)

    page.__doc__ = f"The page {template}."
    return page


# When the accessibility statement was last gone through, line by line.
STATEMENT_DATE = date(2026, 11, 25)

about = _page("geoportal/about.html", licence=settings.DATA_LICENCE)
legal = _page(
    "geoportal/legal.html",
    licence=settings.DATA_LICENCE,
    publisher=settings.PUBLISHER,
    retention=retention.table,
)
accessibility = _page(
    "geoportal/accessibility.html", statement_date=STATEMENT_DATE, contact=settings.PUBLISHER["contact"]
)


@login_not_required
@require_safe
def glossary_page(request: HttpRequest) -> HttpResponse:
    """The words of the site, explained without jargon."""
    return render(request, "geoportal/glossary.html", {"entries": glossary.entries()})
