"""HTTP answers of the doors that can be asked again cheaply."""

from functools import lru_cache
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from .freshness import Version

ASK_AGAIN = "public, max-age=0, must-revalidate"


# Part of every ETag that names a version: raised when answers of the same data change their form.
FORM = 1


@lru_cache(maxsize=8)
def etag_of(version: Version) -> str:
    """The entity tag of every answer of a version."""
    return quote_etag(f"{version.number}.{version.mark[:8]}.{FORM}")


def known(request: HttpRequest, version: Version | None) -> HttpResponse | None:
    """304 where the reader has the answer of this version already, before any work; else None."""
    if version is None or "If-None-Match" not in request.headers:
        return None
    answer = get_conditional_response(request, etag=etag_of(version))
    return None if answer is None else _of_version(answer, version)


def of_version(request: HttpRequest, response: HttpResponse, version: Version | None) -> HttpResponse:
    """Add the version as ETag; without one fresh() looks at the content."""
    if version is None:
        return fresh(request, response)
    return _of_version(response, version)


def _of_version(response: HttpResponse, version: Version) -> HttpResponse:
    response["ETag"] = etag_of(version)
    response["Cache-Control"] = ASK_AGAIN
    return response


def asked_again(request: HttpRequest, response: HttpResponse, etag: str | None) -> HttpResponse:
    """Add an entity tag that was made before the work, or without one look at the content."""
    if etag is None:
        return fresh(request, response)
    response["ETag"] = etag
    response["Cache-Control"] = ASK_AGAIN
    return response


def fresh(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Add an ETag of the content; the reader always asks again and gets 304 when nothing changed."""
    etag = quote_etag(blake2b(response.content, digest_size=12).hexdigest())
    response["ETag"] = etag
    response["Cache-Control"] = ASK_AGAIN
    return get_conditional_response(request, etag=etag, response=response) or response
