"""Doors of files: a whole selection, in each format."""

import tempfile
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

from ..exporting.formats import FORMATS, Format, told, write
from ..selection import parse


def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """A whole selection as one file; text is streamed."""
    format, selection = FORMATS[suffix], parse(request.GET)
    format.check(selection)
    if format.stream is None:
        return _dressed(_file(format, selection), format)
    rows = format.stream(selection, told(selection))
    return _dressed(StreamingHttpResponse(rows, content_type=format.media_type), format)


def _file(format: Format, selection) -> FileResponse:
    """A file that is gone once it was sent."""
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / format.filename
        write(path, format, selection)
        # An open file can be read after its name is gone.
        return FileResponse(path.open("rb"), content_type=format.media_type)


def _dressed(answer: HttpResponse, format: Format) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{format.filename}"'
    return answer
