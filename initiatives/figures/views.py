"""Figures by territory as a page with a table and a map, and the whole table as a file."""

import csv

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geo.cells import Line, harmless
from geo.errors import InvalidParameterError
from geo.files.csv import MEDIA_TYPE
from territories.enums import Scheme
from territories.models import Territory
from vocabulary.models import Theme

from .. import presenting
from ..exchange import figures as exchange
from ..selection import Selection, parse, parse_page
from . import asking, describing
from .asking import COUNT, Asked
from .table import Table

PAGE_SIZE = 50
COLUMNS = ("code", "name", "scheme", "population", "initiatives", "per_10000")


@login_not_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Initiatives of a selection by territory; 400 where a value could not be used."""
    selection, errors, unknown = parse_page(request.GET, own=asking.OWN)
    asked, wrong = asking.read(request.GET)
    table = Table(selection, asked)
    themes = list(Theme.objects.roots())
    counts = selection.counts()
    page = Paginator(table.shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "errors": errors | wrong,
        "unknown_parameters": unknown,
        "counts": counts,
        "outside": table.outside(counts["matched"]),
        "asked": asked,
        "table": table,
        "themes": themes,
        "page": page,
        "lines": describing.lines(table, page, themes),
        "heads": describing.heads(table),
        "legend": describing.legend(table),
        "spec": describing.spec(table),
        "figures_label": _map_label(table),
        "exchange": exchange.figures(exchange.scheme_of(asked.scheme)),
        "exchange_scheme": exchange.scheme_of(asked.scheme),
        "file": f"{reverse('figures_csv')}?{_query(selection, asked)}",
        **_choices(selection, asked, themes),
        **_mix(selection),
    }
    return render(request, "initiatives/figures.html", context, status=400 if errors or wrong else 200)


def _choices(selection: Selection, asked: Asked, themes: list[Theme]) -> dict:
    """What the form offers."""
    there = set(Territory.objects.order_by().values_list("scheme", flat=True).distinct())
    return {
        "selection": selection,
        "schemes": [scheme for scheme in Scheme if scheme in there or scheme == asked.scheme],
        "figures_by": asking.FiguresForm().fields["by"].choices,
        "theme_choices": describing.theme_choices(selection, themes),
        **presenting.choices(selection),
    }


def _mix(selection: Selection) -> dict:
    """Themes of the whole selection."""
    facets = [facet for facet in presenting.facets(selection, "") if facet.count]
    facets.sort(key=lambda facet: -facet.count)
    return {"facets": facets, "most": facets[0].count if facets else 0}


def _query(selection: Selection, asked: Asked) -> str:
    """The same territories and rows for the file."""
    white = "&show=white" if asked.is_white else ""
    return f"scheme={asked.scheme}{white}" + (f"&{selection.query}" if selection.query else "")


def _map_label(table: Table) -> str:
    if table.by == COUNT:
        return _("Map: number of initiatives by territory")
    return _("Map: initiatives per 10,000 inhabitants by territory")


def figures_csv(request: HttpRequest) -> HttpResponse:
    """The same figures as a table, one column for each of the ten themes; InvalidParameterError."""
    selection = parse(request.GET, own=asking.OWN)
    asked, wrong = asking.read(request.GET)
    for name, message in wrong.items():
        raise InvalidParameterError(name, message)
    table = Table(selection, asked)
    themes = [theme.slug for theme in Theme.objects.roots()]
    writer = csv.writer(Line())
    lines = [writer.writerow((*COLUMNS, *themes))]
    lines += [
        writer.writerow(
            (
                harmless(row.code),
                harmless(row.name),
                asked.scheme,
                "" if row.population is None else row.population,
                row.number,
                "" if row.rate is None else f"{row.rate:.6f}",
                *(row.themes.get(theme, 0) for theme in themes),
            )
        )
        for row in table.shown
    ]
    answer = HttpResponse("".join(lines), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="social-planet-figures-{asked.scheme}.csv"'
    return answer
