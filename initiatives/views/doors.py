"""Machine doors: tiles, counts, GeoJSON; each parses one selection and renders its queryset."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils import timezone

from geo import tiles
from geo.responses import fresh

from ..enums import Precision
from ..layers import INITIATIVES
from ..querysets import root_theme
from ..selection import Selection, parse

# What a lone match shows on the map; `blurred` asks for the dashed ring.
SINGLE = {
    "id": F("uuid"),
    "name": F("name"),
    "slug": F("slug"),
    "theme": root_theme(),
    "precision": F("precision"),
}


def _tile(selection: Selection, tile: tiles.Tile) -> tiles.TileContent:
    content = tiles.content(selection.initiatives(), tile, theme=root_theme(), single=SINGLE)
    for row in content.singles:
        row["blurred"] = row.pop("precision") != Precision.EXACT
    return content


def tile_json(request: HttpRequest, z: str, x: str, y: str) -> HttpResponse:
    """Clusters and singles of a tile for the site's own map."""
    content = _tile(parse(request.GET), tiles.Tile.parse(z, x, y))
    return fresh(request, JsonResponse(tiles.as_json(content), json_dumps_params={"ensure_ascii": False}))


def tile_mvt(request: HttpRequest, z: str, x: str, y: str) -> HttpResponse:
    """The same tile as a vector tile; 204 where it is empty."""
    tile = tiles.Tile.parse(z, x, y)
    body = tiles.as_mvt(_tile(parse(request.GET), tile), tile)
    if not body:
        return HttpResponse(status=204, headers={"Cache-Control": "public, max-age=0, must-revalidate"})
    return fresh(request, HttpResponse(body, content_type="application/vnd.mapbox-vector-tile"))


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
    selection = parse(request.GET)
    answer = {**selection.counts(), "themes": selection.theme_counts(), "exact": True}
    return fresh(request, JsonResponse(answer))


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
