"""One question to a service: within two seconds, no more than so much of an answer, and nowhere else.

An answer that leads elsewhere is a failure: the site names the address that it means, so nobody can send us to another.
"""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 2
MOST_BYTES = 256 * 1024
CHUNK = 16 * 1024
# Looking up the name of the service knows no limit of time: nobody waits for it longer than for the rest.
HANDS = ThreadPoolExecutor(4, thread_name_prefix="geocoder")


class FailedError(Exception):
    """No answer, or none that can be used."""


def json_of(address: str) -> Any:
    """What a service answers; FailedError says why there is nothing."""
    asked = HANDS.submit(_body, address)
    try:
        # Later than the question itself gives up, so that its own words are heard.
        body = asked.result(SECONDS + 0.2)
        return json.loads(body)
    except TimeoutError as error:
        asked.cancel()
        raise FailedError("too slow") from error
    except (OSError, http.client.HTTPException) as error:
        raise FailedError(f"{type(error).__name__}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise FailedError("no JSON") from error


def _body(address: str) -> bytes:
    until = time.monotonic() + SECONDS
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    headers = {
        "User-Agent": f"{settings.SITE_NAME} (+{settings.SITE_URL})",
        "Accept": "application/json",
        "Connection": "close",
    }
    with closing(kind(parts.hostname, parts.port, timeout=SECONDS)) as link:
        link.request("GET", f"{parts.path}?{parts.query}", headers=headers)
        with link.getresponse() as answer:
            if answer.status != http.client.OK:
                raise FailedError(f"status {answer.status}")
            return _read(answer, until)


def _read(answer: http.client.HTTPResponse, until: float) -> bytes:
    read = bytearray()
    while chunk := answer.read1(CHUNK):
        read += chunk
        if len(read) > MOST_BYTES:
            raise FailedError("too long")
        if time.monotonic() > until:
            raise FailedError("too slow")
    return bytes(read)
