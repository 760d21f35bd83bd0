"""A file at an http(s) address: public addresses only, so large, so long, and not again where nothing changed."""

import http.client
import socket
import ssl
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext_noop as _

from initiatives import outgoing
from initiatives.outgoing import RefusedError, Target

from .errors import AwayError, BadFileError
from .phrases import AT_MOST, NO_END, phrase
from .readers.archives import own_name

LARGEST = 2 * 1024**3
# For one part of an answer, and for all of it.
SECONDS = 30
MOST_SECONDS = 15 * 60
BLOCK = 1 << 18
# Answers that may be others later: too slow, too early, too many.
LATER = (408, 425, 429)
EXPECTED = _("a file at a public http(s) address")
# Where the address itself has no suffix; otherwise what is in the file decides.
SUFFIXES = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/geo+json": ".geojson",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/vnd.google-earth.kml+xml": ".kml",
}


@dataclass(frozen=True)
class Validators:
    """What an answer said of its version (RFC 9110, 8.8): sent back, they spare the answer."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """As conditions of a request (RFC 9110, 13.1)."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


UNKNOWN = Validators()


@dataclass(frozen=True)
class Fetched:
    """A downloaded file, or none where it is still the version that is known."""

    path: Path | None
    validators: Validators


def is_address(name: str) -> bool:
    """Whether a source is an address, not a file."""
    return "://" in name


def fetch(url: str, folder: Path, known: Validators = UNKNOWN, *, largest: int = 0) -> Fetched:
    """Download into the folder, redirects followed, each checked like the first; BadFileError.

    AwayError, which is one too, of what may be there later. `largest` in bytes, where less than usual is expected.
    """
    until = time.monotonic() + MOST_SECONDS
    place = url
    try:
        for _hop in range(outgoing.MOST_REDIRECTS + 1):
            target = outgoing.target(place)
            with closing(_connected(target)) as link:
                link.request("GET", target.path, headers=_headers(known))
                answer = link.getresponse()
                if answer.status in outgoing.REDIRECTS and answer.headers["Location"]:
                    place = urljoin(place, answer.headers["Location"])
                    continue
                return _received(url, place, answer, folder, known, until, largest or LARGEST)
    except RefusedError as error:
        raise BadFileError(
            url, phrase(_("an address that is not asked (%(error)s)"), error=str(error)), EXPECTED
        ) from error
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        told = str(error) or type(error).__name__
        raise AwayError(url, phrase(_("no answer (%(error)s)"), error=told), EXPECTED) from error
    raise BadFileError(url, phrase(_("more than %(most)s redirects"), most=outgoing.MOST_REDIRECTS), EXPECTED)


def _headers(known: Validators) -> dict[str, str]:
    return {
        "User-Agent": f"{settings.SITE_NAME} (+{settings.SITE_URL})",
        "Accept": "*/*",
        # Some pack all the same: then the file is read like any packed one.
        "Accept-Encoding": "identity",
        "Connection": "close",
        **known.headers(),
    }


def _connected(target: Target) -> http.client.HTTPConnection:
    """A connection to one of the addresses that were checked."""
    failure: OSError | None = None
    for ip in outgoing.addresses(target.host, target.port)[:2]:
        try:
            plain = socket.create_connection((ip, target.port), timeout=SECONDS)
        except OSError as error:
            failure = error
            continue
        kind = http.client.HTTPSConnection if target.is_secure else http.client.HTTPConnection
        link = kind(target.host, target.port, timeout=SECONDS)
        try:
            link.sock = _secured(plain, target) if target.is_secure else plain
        except OSError:
            plain.close()
            raise
        return link
    raise failure or OSError(f"no address of {target.host}")


def _secured(plain: socket.socket, target: Target) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)


def _received(
    url: str,
    place: str,
    answer: http.client.HTTPResponse,
    folder: Path,
    known: Validators,
    until: float,
    largest: int,
) -> Fetched:
    if answer.status == http.client.NOT_MODIFIED and known.headers():
        return Fetched(None, known)
    if answer.status != http.client.OK:
        error = AwayError if answer.status in LATER or answer.status >= 500 else BadFileError
        raise error(
            url,
            phrase(_("status %(status)s"), status=str(answer.status)),
            phrase(_("status %(status)s"), status="200"),
        )
    length = answer.headers["Content-Length"] or ""
    if length.isdigit() and int(length) > largest:
        raise BadFileError(url, size_text(int(length)), phrase(AT_MOST, most=size_text(largest)))
    path = folder / _name(place, answer)
    size = 0
    with path.open("wb") as file:
        while block := answer.read1(BLOCK):
            size += len(block)
            if size > largest:
                raise BadFileError(
                    url,
                    phrase(_("more than %(size)s"), size=size_text(largest)),
                    phrase(AT_MOST, most=size_text(largest)),
                )
            if time.monotonic() > until:
                raise AwayError(
                    url, phrase(NO_END, minutes=MOST_SECONDS // 60), _("an answer within that time")
                )
            file.write(block)
    if length.isdigit() and size != int(length):
        raise AwayError(
            url,
            phrase(_("%(came)s of %(length)s bytes, then nothing"), came=size, length=int(length)),
            _("all of it"),
        )
    validators = Validators(answer.headers["ETag"] or "", answer.headers["Last-Modified"] or "")
    return Fetched(path, validators)


def size_text(size: int) -> str:
    """Bytes as people read them."""
    return f"{size / 1024**3:.1f} GB" if size >= 1024**3 else f"{size / 1024**2:.1f} MB"


def _name(place: str, answer: http.client.HTTPResponse) -> str:
    """What the answer calls itself, else its address; its suffix helps to tell its format."""
    given = answer.headers.get_filename() or unquote(PurePosixPath(urlsplit(place).path).name)
    name = own_name(given.lstrip("."))
    if not PurePosixPath(name).suffix:
        name += SUFFIXES.get(answer.headers.get_content_type(), "")
    return name
