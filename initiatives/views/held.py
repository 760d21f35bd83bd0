"""What pages of networks, collectives and territories share: the initiatives that each holds."""

from urllib.parse import urlsplit

from django.http import HttpRequest

from .. import presenting
from ..selection import Selection


def initiatives_of(request: HttpRequest, name: str, value: str) -> dict:
    """Counts, themes and a page of the initiatives that one filter leaves."""
    selection = Selection({name: (value,), "located": ("any",)})
    counts = selection.counts()
    facets = sorted(
        (facet for facet in presenting.facets(selection, "") if facet.count), key=lambda facet: -facet.count
    )
    return {
        "selection": selection.without("located"),
        "counts": counts,
        "facets": facets,
        "most": facets[0].count if facets else 0,
        "page": presenting.page_of(selection, counts["matched"], request.GET.get("page")),
    }


def host(address: str) -> str:
    """An address as people say it: the name of the site."""
    return urlsplit(address).netloc.removeprefix("www.")
