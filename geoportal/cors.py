"""Other sites' scripts may read what programs read, as nobody: the one place that says so (Fetch, CORS protocol).

Cookies never go along, as the answer names no origin and allows no credentials; nothing can be changed from elsewhere.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .problems import is_machine

READING = ("GET", "HEAD", "OPTIONS")
# Headers of an answer that a script may look at beside those that are always open to it.
EXPOSED = (
    "Content-Crs, Content-Disposition, ETag, Link, OGC-NumberMatched, OGC-NumberReturned, "
    "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
)
# What a reader may send: a form, a language, a token, the tag of what it has.
TAKEN = "Accept, Accept-Language, Authorization, If-None-Match"
DAY = "86400"


def opened(answer: HttpResponse) -> HttpResponse:
    """An answer that scripts of every site may read."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = EXPOSED
    return answer


class OpenToReaders:
    """Opens reading at the machine doors; before what answers on a short way, so that no answer goes without."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a browser that asks whether it may read, and open what was read."""
        if not is_machine(request) or request.method not in READING:
            return self.get_response(request)
        wanted = request.headers.get("Access-Control-Request-Method")
        if request.method != "OPTIONS" or wanted is None:
            return opened(self.get_response(request))
        answer = HttpResponse(status=204)
        del answer["Content-Type"]
        if wanted in READING:
            opened(answer)
            answer["Access-Control-Allow-Methods"] = ", ".join(READING)
            answer["Access-Control-Allow-Headers"] = TAKEN
            answer["Access-Control-Max-Age"] = DAY
        return answer
