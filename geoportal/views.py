"""The home map and the pages that any such site has."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community import retention
from initiatives.mapconfig import map_config
from initiatives.views.public import selected

from . import glossary


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
