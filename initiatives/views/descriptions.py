"""Doors of descriptions: the catalogue, the vocabulary of themes, the feed of a selection."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from geo.byteranges import for_everyone
from geo.freshness import latest
from geo.responses import fresh, known, of_version

from ..describing_data import catalogue as describing
from ..describing_data import feed as feeds
from ..describing_data import themes as vocabulary
from ..describing_data.atom import MEDIA_TYPE as ATOM
from ..selection import parse, refuse_parameters
from ..snapshots import reading

MEDIA_TYPES = {"turtle": "text/turtle; charset=utf-8", "json-ld": "application/ld+json"}
# Seconds: names of networks move no version.
KEPT = 600


def catalogue(request: HttpRequest, form: str) -> HttpResponse:
    """The catalogue in a form of RDF; it is put together anew when the data or the snapshots change."""
    refuse_parameters(request.GET)
    version, newest = latest(), reading.latest()
    key = f"catalogue {form} {version} {newest and newest.pk}".replace(" ", "_")

    def made() -> bytes:
        with translation.override("en"):
            return describing.graph().serialize(format=form, encoding="utf-8")

    body = cache.get_or_set(key, made, KEPT)
    return for_everyone(fresh(request, HttpResponse(body, content_type=MEDIA_TYPES[form])))


def themes(request: HttpRequest) -> HttpResponse:
    """The vocabulary of themes as SKOS."""
    refuse_parameters(request.GET)
    body = vocabulary.turtle()
    return for_everyone(fresh(request, HttpResponse(body, content_type=MEDIA_TYPES["turtle"])))


def feed(request: HttpRequest) -> HttpResponse:
    """What changed last of a selection, as Atom."""
    selection, version = parse(request.GET), latest()
    not_modified = known(request, version)
    if not_modified is not None:
        return not_modified
    answer = HttpResponse(feeds.atom(selection), content_type=ATOM)
    return of_version(request, answer, version)
