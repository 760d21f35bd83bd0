"""Doors of files: a whole selection, in each format."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, StreamingHttpResponse

from ..exporting.formats import FORMATS, Format, told, write
from ..selection import Selection, parse

BLOCK = 1 << 18


def export(request: HttpRequest, suffix: str) -> StreamingHttpResponse:
    """A whole selection as one file; text is streamed as it is read, other formats once they are written."""
    format, selection = FORMATS[suffix], parse(request.GET)
    format.check(selection)
    stream = format.stream(selection, told(selection)) if format.stream else _written(format, selection)
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
