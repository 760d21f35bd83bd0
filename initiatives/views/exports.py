"""Doors of files: a whole selection in each format, and who has to do with whom."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

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
        return _attached(stream(format, selection), format)
    if request.method == "HEAD":
        return _attached(iter(()), format)
    rows = selection.counts()["matched"]
    if rows <= settings.EXPORT_AT_ONCE:
        return _attached(_written(format, selection), format)
    return made.later(request, format, selection, rows)


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
