"""The way past Django for tiles that are in memory: a tile costs less than a request takes to be made.

Everything else, and every tile that needs the database, a session or a redirect, goes on to Django, whose answers are
the same: same body, same entity tag, same headers.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.security import SecurityMiddleware
from django.utils.functional import cached_property
from django.utils.http import parse_etags
from django.utils.text import compress_string

from geo.responses import ASK_AGAIN, etag_of
from initiatives import shortcut

from . import cors

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# As GZipMiddleware has it: below, packing saves nothing.
WORTH_PACKING = 200


class Shortcut:
    """A WSGI application before another one."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """A tile from memory, or whatever the application answers."""
        if environ["REQUEST_METHOD"] == "GET" and environ["PATH_INFO"].startswith("/tiles/"):
            body = self._answer(environ, start_response)
            if body is not None:
                return body
        return self.application(environ, start_response)

    def _answer(self, environ: Environ, start_response: StartResponse) -> list[bytes] | None:
        secure = self._is_secure(environ)
        if settings.SECURE_SSL_REDIRECT and not secure:
            return None
        if settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", ""):
            return None
        if not _is_ours(environ.get("HTTP_HOST", ""), tuple(settings.ALLOWED_HOSTS)):
            return None
        tile = shortcut.tile(environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        if tile is None:
            return None
        etag = etag_of(tile.version)
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and _is_among(etag, asked):
            start_response("304 Not Modified", self._headers(secure, etag))
            return []
        body = tile.draw()
        if body is None:
            return None
        if not body:
            start_response("204 No Content", self._headers(secure, etag))
            return [body]
        varies = []
        if len(body) >= WORTH_PACKING:
            varies = [("Vary", "Accept-Encoding")]
            if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
                packed = compress_string(body, max_random_bytes=GZipMiddleware.max_random_bytes)
                if len(packed) < len(body):
                    body, etag = packed, f"W/{etag}"
                    varies.append(("Content-Encoding", "gzip"))
        told = [("Content-Type", tile.media_type), ("Content-Length", str(len(body))), *varies]
        start_response("200 OK", [*told, *self._headers(secure, etag)])
        return [body]

    @staticmethod
    def _is_secure(environ: Environ) -> bool:
        """As HttpRequest.is_secure(): a proxy's word counts where the settings name it."""
        if settings.SECURE_PROXY_SSL_HEADER:
            header, value = settings.SECURE_PROXY_SSL_HEADER
            if header in environ:
                return environ[header].split(",", 1)[0].strip() == value
        return environ["wsgi.url_scheme"] == "https"

    def _headers(self, secure: bool, etag: str) -> list[tuple[str, str]]:
        return [("ETag", etag), ("Cache-Control", ASK_AGAIN), *self._safe[secure]]

    @cached_property
    def _safe(self) -> dict[bool, list[tuple[str, str]]]:
        """What Django's own middleware adds for safety, without and with TLS."""
        return {secure: list(_safety(secure=secure).items()) for secure in (False, True)}


@lru_cache(maxsize=64)
def _is_ours(host: str, allowed: tuple[str, ...]) -> bool:
    """Whether a Host header names this site; `allowed` is there for the memory alone."""
    request = HttpRequest()
    request.META = {"HTTP_HOST": host}
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False


def _safety(*, secure: bool) -> HttpResponse:
    answer = HttpResponse()
    del answer["Content-Type"]
    request = SimpleNamespace(is_secure=lambda: secure)
    return cors.opened(SecurityMiddleware(lambda request: answer).process_response(request, answer))


def _is_among(etag: str, asked: str) -> bool:
    """Whether a reader's If-None-Match names the tag, weak or not."""
    known = parse_etags(asked)
    return known == ["*"] or etag in [one.removeprefix("W/") for one in known]
