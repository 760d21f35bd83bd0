"""Files that never change at their address: whole or in parts (RFC 9110, 14), for readers of any site."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

FOR_GOOD = "public, max-age=31536000, immutable"
BLOCK = 1 << 18
# One part, as all readers of files ask for; several at once are answered by the whole, which is allowed.
ONE_RANGE = re.compile(r"bytes=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII)


def part_of(text: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a Range header asks for; None where it is to be left aside, ValueError where none is."""
    found = ONE_RANGE.fullmatch(text)
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        first, last = max(0, size - int(found[2])), size - 1
        if int(found[2]) == 0:
            raise ValueError("no byte")
    else:
        first, last = int(found[1]), min(size - 1, int(found[2] or size))
        if found[2] and int(found[2]) < first:
            return None
    if first >= size:
        raise ValueError("behind the end")
    return first, last


def answer(
    request: HttpRequest, path: Path, *, media_type: str, digest: str, modified: datetime
) -> HttpResponseBase:
    """A file as it was asked for: 200, 206, 304, 412 or 416; OSError where it is not there."""
    if request.method == "OPTIONS":
        return _dressed(HttpResponse(status=204), "", modified)
    etag, size = quote_etag(digest), path.stat().st_size
    seconds = int(modified.timestamp())
    early = get_conditional_response(request, etag=etag, last_modified=seconds)
    if early is not None:
        return _dressed(early, etag, modified)
    wanted = request.headers.get("Range", "") if request.method == "GET" else ""
    if request.headers.get("If-Range", etag) not in (etag, http_date(seconds)):
        wanted = ""
    try:
        part = part_of(wanted, size)
    except ValueError:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return _dressed(refused, etag, modified)
    if part is None and request.method == "HEAD":
        told = HttpResponse(content_type=media_type)
        told["Content-Length"] = str(size)
        return _dressed(told, etag, modified)
    if part is None:
        whole = FileResponse(path.open("rb"), content_type=media_type, filename=path.name)
        return _dressed(whole, etag, modified)
    first, last = part
    some = StreamingHttpResponse(_read(path, first, last), status=206, content_type=media_type)
    some["Content-Range"] = f"bytes {first}-{last}/{size}"
    some["Content-Length"] = str(last - first + 1)
    return _dressed(some, etag, modified)


def for_everyone(response: HttpResponseBase) -> HttpResponseBase:
    """Let scripts of any site read an answer."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Headers"] = "Range, If-Range, If-None-Match, If-Modified-Since"
    response["Access-Control-Expose-Headers"] = "Accept-Ranges, Content-Length, Content-Range, ETag"
    return response


def _dressed(response: HttpResponseBase, etag: str, modified: datetime) -> HttpResponseBase:
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = FOR_GOOD
    response["Last-Modified"] = http_date(modified.timestamp())
    if etag:
        response["ETag"] = etag
    return for_everyone(response)


def _read(path: Path, first: int, last: int) -> Iterator[bytes]:
    left = last - first + 1
    with path.open("rb") as file:
        file.seek(first)
        while left > 0 and (piece := file.read(min(BLOCK, left))):
            left -= len(piece)
            yield piece
