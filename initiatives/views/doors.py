"""Machine doors: tiles, counts, GeoJSON; each parses one selection and renders its queryset."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils import timezone

from geo import sheets, tiles
from geo.mapindex.view import View
from geo.responses import fresh, known, of_version

from .. import mapped, shortcut
from ..layers import INITIATIVES
from ..mapped import INDEX
from ..marks import marks
from ..selection import Selection, parse


def _is_member(request: HttpRequest) -> bool:
    """Whether someone signed in asks: what they have just written is there at once."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


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
    at_once = _is_member(request)
    view = INDEX.view(at_once=at_once)
    selection = _selected(request, view)
    not_modified = known(request, None if view is None else view.version)
    if not_modified is not None:
        return not_modified
    found = marks(selection, tile, at_once=at_once)
    if view is not None and found.version == view.version:
        shortcut.remember(view, request.META.get("QUERY_STRING", ""), selection)
    draw, media_type = shortcut.DRAWINGS[ending]
    body = draw(found.content, tile)
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
    at_once = _is_member(request)
    view = INDEX.view(at_once=at_once)
    selection = _selected(request, view)
    not_modified = known(request, None if view is None else view.version)
    if not_modified is not None:
        return not_modified
    found = [marks(selection, tile, at_once=at_once) for tile in wanted]
    body = b",".join(tiles.as_json(one.content, tile) for one, tile in zip(found, wanted, strict=True))
    response = HttpResponse(b'{"tiles":[%b]}' % body, content_type="application/json")
    # The data may have moved between two tiles: their tag is of the content then.
    same = all(one.version == found[0].version for one in found)
    return of_version(request, response, found[0].version if same else None)


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
                        "fields": {"id": "String", "name": "String", "slug": "String", "theme": "String"},
                    },
                ],
            }
        ),
    )


def count(request: HttpRequest) -> HttpResponse:
    """How many match, how many of them have no position, and how many each of the ten themes would leave."""
    at_once = _is_member(request)
    view = INDEX.view(at_once=at_once)
    selection = _selected(request, view)
    not_modified = known(request, None if view is None else view.version)
    if not_modified is not None:
        return not_modified
    made = mapped.answer(lambda view: (*mapped.numbers(view, selection), view.version), at_once=at_once)
    counts, themes, version = made or (selection.counts(), selection.theme_counts(), None)
    return of_version(request, JsonResponse({**counts, "themes": themes, "exact": True}), version)


def provenance(request: HttpRequest, selection: Selection) -> dict:
    """Licence, attribution and query, to travel inside every file."""
    return {
        "title": f"{settings.SITE_NAME}: {INITIATIVES.title.lower()}",
        "licence": settings.DATA_LICENCE,
        "attribution": f"© {settings.SITE_NAME} and the sources named in each record",
        "source": request.build_absolute_uri("/"),
        "query": selection.query,
        "generated": timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _file(rows: Iterator[bytes], suffix: str, media_type: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(rows, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="social-planet-initiatives.{suffix}"'
    return answer


def export_geojson(request: HttpRequest) -> StreamingHttpResponse:
    """A whole selection as one streamed FeatureCollection."""
    selection = parse(request.GET)
    rows = INITIATIVES.collection(INITIATIVES.features(selection), provenance(request, selection))
    return _file(rows, "geojson", "application/geo+json")


def export_geojsonl(request: HttpRequest) -> StreamingHttpResponse:
    """A whole selection as Features, one a line; each names its own sources and licence."""
    return _file(
        INITIATIVES.lines(INITIATIVES.features(parse(request.GET))), "geojsonl", "application/x-ndjson"
    )
