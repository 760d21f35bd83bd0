"""oEmbed 1.0 (https://oembed.com/): a link to the site becomes the frame that shows it."""

from dataclasses import replace
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from geo.errors import InvalidParameterError
from initiatives.selection import Selection, parse_page

from ..problems import problem
from . import code, looks

WIDTH, HEIGHT = 800, 600
# Pages that are a selection of their own: the parameter, and which part of the address says of what.
HELD = {
    "collective": ("collective", "slug"),
    "network": ("network", "slug"),
    "group": ("group", "slug"),
    "campaign": ("campaign", "slug"),
    "territory": ("territory", "code"),
}
# Pages whose query string is the selection.
SELECTING = ("map", "initiatives", "embed")
OWN = ("page", "sort")


def _most(request: HttpRequest, name: str, otherwise: int) -> int:
    """A size that must not be exceeded."""
    text = request.GET.get(name, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) > 0):
        raise InvalidParameterError(name, f"Expected a number of pixels, came {text[:40]!r}.")
    return min(otherwise, int(text))


def _data(path: str, query: str) -> tuple[QueryDict, QueryDict]:
    """The selection that a page shows, as parameters, and how it shows it; Http404 for pages that show none."""
    try:
        match = resolve(path)
    except Resolver404:
        raise Http404("There is no page at this address.") from None
    if match.url_name in SELECTING:
        data = QueryDict(query)
        return data, data if match.url_name == "embed" else QueryDict()
    if match.url_name in HELD:
        name, part = HELD[match.url_name]
        data = QueryDict(mutable=True)
        data[name] = match.kwargs[part]
        return data, QueryDict()
    raise Http404("This page cannot be shown on another site.")


def title_of(selection: Selection) -> str:
    """The names of what is chosen, else of the map."""
    chosen = [
        str(one)
        for name in ("collective", "network", "group", "campaign", "territory", "theme")
        for one in selection.cleaned.get(name) or ()
    ]
    return f"{', '.join(chosen) or _('Map of initiatives')} – {settings.SITE_NAME}"


def oembed(request: HttpRequest) -> HttpResponse:
    """The frame for a link; 404 for what cannot be shown, 501 for another format than JSON."""
    if request.GET.get("format", "json") != "json":
        return problem(501, "Only JSON is spoken here.", parameter="format")
    url = request.GET.get("url", "")
    if not url:
        raise InvalidParameterError("url", "Expected the address of a page of this site.")
    width, height = _most(request, "maxwidth", WIDTH), _most(request, "maxheight", HEIGHT)
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Http404("This is no address.") from None
    ours = {urlsplit(settings.SITE_URL).netloc, request.get_host()}
    # The address that people know best leads to the map, here in the first language of the site.
    path = f"/{settings.LANGUAGE_CODE}/" if parts.path in ("", "/") else parts.path
    language = get_language_from_path(path)
    if parts.scheme not in ("http", "https") or parts.netloc not in ours or language is None:
        raise Http404("This is no page of this site.")
    with override(language):
        data, shown = _data(path, parts.query)
        selection, errors, _unknown = parse_page(data, own=OWN)
        look, wrong = looks.read(shown)
        if errors := errors | wrong:
            raise Http404("This page cannot be shown: " + ", ".join(errors))
        # What people copy from the map tells behind a sign where they look.
        if looks.is_view(parts.fragment) and not look.view:
            look = replace(look, view=parts.fragment)
        title = title_of(selection)
        frame = code.iframe(selection.query, title, width, height, look)
    return JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "provider_name": settings.SITE_NAME,
            "provider_url": settings.SITE_URL,
            "title": title,
            "html": frame,
            "width": width,
            "height": height,
            "cache_age": 86_400,
        }
    )
