"""Doors of files: a whole selection in each format, and who has to do with whom."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse

from ..exporting import csvw
from ..exporting.formats import FORMATS, Format, stream, write
from ..graphs import parts, writing
from ..graphs.reading import Graph
from ..selection import Selection, parse
from ..snapshots.asking import refuse_as_of
from . import made

BLOCK = 1 << 18


def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """A selection as one file: text as it is read, other formats once written, by the worker where they are large."""
    refuse_as_of(request.GET)
    format, selection = FORMATS[suffix], parse(request.GET)
    format.check(selection)
    if format.stream:
        answer = _attached(stream(format, selection), format)
        if suffix == "csv":
            answer["Link"] = f'<{_at("export_csvw", selection)}>; rel="describedby"; type="{csvw.MEDIA_TYPE}"'
        return answer
    if request.method == "HEAD":
        return _attached(iter(()), format)
    rows = selection.counts()["matched"]
    if rows <= settings.EXPORT_AT_ONCE:
        return _attached(_written(format, selection), format)
    return made.later(request, format, selection, rows)


def described(request: HttpRequest) -> JsonResponse:
    """The columns, types and licence of the CSV of a selection, which cannot say so itself."""
    refuse_as_of(request.GET)
    selection = parse(request.GET)
    address = request.build_absolute_uri(_at("export_csv", selection))
    return JsonResponse(csvw.metadata(selection, address), content_type=csvw.MEDIA_TYPE)


def _at(door: str, selection: Selection) -> str:
    return reverse(door) + (f"?{selection.query}" if selection.query else "")


def network(request: HttpRequest, suffix: str) -> StreamingHttpResponse:
    """Who has to do with whom among the initiatives of a selection; `edges` says which edges."""
    graph = Graph(parse(request.GET, own=("edges",)), parts.asked(request.GET))
    graph.check()
    format = writing.FORMATS[suffix]
    return _attached(format.stream(graph), format)


def _attached(stream: Iterator[bytes], format: Format | writing.GraphFormat) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(stream, content_type=format.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{format.filename}"'
    return answer


def _written(format: Format, selection: Selection) -> Iterator[bytes]:
    """The pieces of a file that is written when the first is asked for, and gone with the last."""
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / format.filename
        write(path, format, selection)
        with path.open("rb") as file:
            while piece := file.read(BLOCK):
                yield piece
