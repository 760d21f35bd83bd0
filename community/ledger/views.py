"""Contributions: one's own, as a page and as a file; what counts and how much, for everyone."""

import csv

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .kinds import KINDS
from .models import Contribution
from .reading import described

PAGE_SIZE = 50
COLUMNS = ("at", "kind", "weight", "room", "key", "collective", "territory")


def _own(request: HttpRequest) -> QuerySet[Contribution]:
    rows = request.user.contributions.select_related("collective", "territory")
    return rows.defer("collective__perimeter", "territory__boundary", "territory__search_names")


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The member's contributions: summed by kind, then each."""
    page = Paginator(_own(request), PAGE_SIZE).get_page(request.GET.get("page"))
    summed = described(request.user.contributions.all())
    context = {"page": page, "summed": summed, "points": sum(row.points for row in summed)}
    return render(request, "community/ledger/mine.html", context)


@never_cache
@require_safe
def mine_csv(request: HttpRequest) -> HttpResponse:
    """All of them as CSV; nothing in it was typed by anyone."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="contributions.csv"'
    written = csv.writer(answer)
    written.writerow(COLUMNS)
    for row in _own(request):
        collective = row.collective.slug if row.collective else ""
        territory = row.territory.code if row.territory else ""
        said = (row.at.isoformat(), row.kind, row.weight, row.room, row.key, collective, territory)
        written.writerow(said)
    return answer


@login_not_required
@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """What counts, how much, and who sees it."""
    kinds = [(kind.label, counted) for kind, counted in KINDS.items()]
    return render(request, "community/ledger/explained.html", {"kinds": kinds})
