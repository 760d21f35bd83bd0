"""Where members live, as numbers by region alone: a map and a table."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.members import counts
from territories.enums import Scheme
from territories.models import Territory
from vocabulary.names import in_order

from .classes import Classes

SCHEME = Scheme.REGION


# What somebody took back must not come out of a cache.
@never_cache
@login_not_required
@require_safe
def members_by_region(request: HttpRequest) -> HttpResponse:
    """Regions with listed members, the most first; those with too few are not told."""
    numbers = counts.members_by(SCHEME)
    found = Territory.objects.without_boundary().filter(pk__in=numbers)
    rows = sorted(((one, numbers[one.pk]) for one in found), key=lambda row: (-row[1], in_order(row[0].name)))
    classes = Classes(list(numbers.values()))
    context = {
        "rows": [(one, number, classes.of(number)) for one, number in rows],
        "classes": classes.classes,
        "fewest": counts.FEWEST,
        "spec": _spec(rows, classes),
    }
    return render(request, "initiatives/members_places.html", context)


def _spec(rows: list[tuple[Territory, int]], classes: Classes) -> dict[str, Any]:
    """What the script of the map needs."""
    return {
        "shapes": reverse("territory_shapes", args=[SCHEME]),
        "views": [one.view for one, _number in rows if one.view],
        "areas": {one.code: [classes.of(number), _words(one, number)] for one, number in rows},
        "page": reverse("territory", args=["code-here"]).replace("code-here", "{code}"),
    }


def _words(territory: Territory, number: int) -> str:
    told = ngettext("%(name)s: %(n)s member", "%(name)s: %(n)s members", number)
    return told % {"name": territory.name, "n": number}
