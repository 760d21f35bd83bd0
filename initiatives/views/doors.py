"""Machine doors: tiles and counts; each parses one selection and renders its queryset."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from geo import sheets, tiles
from geo.mapindex.view import View
from geo.responses import fresh, known, of_version

from .. import mapped, shortcut
from ..mapped import INDEX
from ..marks import marks
from ..selection import Selection, parse


@dataclass(frozen=True)
class _Asked:
    """What a door of the map is asked: a selection, of a view if there is one; 304 if its reader has the answer."""

    selection: Selection
    view: View | None
    # Who is signed in sees at once what they have just written.
    at_once: bool
    not_modified: HttpResponse | None


def _asked(request: HttpRequest) -> _Asked:
    at_once = settings.SESSION_COOKIE_NAME in request.COOKIES
    view = INDEX.view(at_once=at_once)
    selection = _selected(request, view)
    return _Asked(selection, view, at_once, known(request, None if view is None else view.version))


def _selected(request: HttpRequest, view: View | None) -> Selection:
    """The selection of a machine door; what was parsed for a version need not be parsed again for it."""
    text = request.META.get("QUERY_STRING", "")
    if view is None:
        return parse(request.GET)
    selection = view.memory.get(("parsed", text))
    if selection is None:
        selection = parse(request.GET)
        # Its values hold rows of the database; about so many bytes.
        view.memory.keep(("parsed", text), selection, 4000 + 4 * len(text))
    return selection


def _tile(request: HttpRequest, z: str, x: str, y: str, ending: str) -> HttpResponse:
    tile = tiles.Tile.parse(z, x, y)
    asked = _asked(request)
    if asked.not_modified is not None:
        return asked.not_modified
    found = marks(asked.selection, [tile], at_once=asked.at_once)
    if asked.view is not None and found.version == asked.view.version:
        shortcut.remember(asked.view, request.META.get("QUERY_STRING", ""), asked.selection)
    draw, media_type = shortcut.DRAWINGS[ending]
    body = draw(found.contents[0], tile)
    response = HttpResponse(body, status=200 if body else 204, content_type=media_type)
    if not body:
        del response["Content-Type"]
    return of_version(request, response, found.version)


def tile_json(request: HttpRequest, z: str, x: str, y: str) -> HttpResponse:
    """Clusters and singles of a tile for the site's own map."""
    return _tile(request, z, x, y, "json")


def tiles_json(request: HttpRequest, z: str, west: str, east: str, north: str, south: str) -> HttpResponse:
    """The tiles of a screen in one answer, row by row from the north-west."""
    wanted = sheets.sheet(z, (west, east), (north, south))
    asked = _asked(request)
    if asked.not_modified is not None:
        return asked.not_modified
    found = marks(asked.selection, wanted, at_once=asked.at_once)
    body = b",".join(
        tiles.as_json(content, tile) for content, tile in zip(found.contents, wanted, strict=True)
    )
    response = HttpResponse(b'{"tiles":[%b]}' % body, content_type="application/json")
    return of_version(request, response, found.version)


def tile_mvt(request: HttpRequest, z: str, x: str, y: str) -> HttpResponse:
    """The same tile as a vector tile; 204 where it is empty."""
    return _tile(request, z, x, y, "mvt")


def tilejson(request: HttpRequest) -> HttpResponse:
    """TileJSON 3.0 of the vector tiles, with the filters of this request in the template."""
    query = parse(request.GET).query
    template = request.build_absolute_uri("/tiles/initiatives/") + "{z}/{x}/{y}.mvt"
    return fresh(
        request,
        JsonResponse(
            {
                "tilejson": "3.0.0",
                "name": settings.SITE_NAME,
                "tiles": [f"{template}?{query}" if query else template],
                "minzoom": 0,
                "maxzoom": tiles.MAX_ZOOM,
                "bounds": [-180, -85.05, 180, 85.05],
                "attribution": settings.SITE_NAME,
                "vector_layers": [
                    {"id": "clusters", "fields": {"count": "Number", "themes": "String"}},
                    {
                        "id": "initiatives",
                        "fields": {
                            **dict.fromkeys(("id", "name", "slug", "theme"), "String"),
                            "aged": "Boolean",
                        },
                    },
                ],
            }
        ),
    )


def count(request: HttpRequest) -> HttpResponse:
    """How many match, how many of them have no position, and how many each of the ten themes would leave."""
    asked = _asked(request)
    if asked.not_modified is not None:
        return asked.not_modified
    selection = asked.selection
    made = mapped.answer(lambda view: (*mapped.numbers(view, selection), view.version), at_once=asked.at_once)
    counts, themes, version = made or (selection.counts(), selection.theme_counts(), None)
    return of_version(request, JsonResponse({**counts, "themes": themes, "exact": True}), version)
