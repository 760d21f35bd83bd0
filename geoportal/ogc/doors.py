"""What all doors of this room share: the form of the answer, its language, who may read it, its errors."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_info

from geo.errors import InvalidParameterError
from geo.freshness import Version
from geo.parameters import is_dropped
from geo.responses import fresh, of_version

from ..problems import answers_problems, problem
from .links import GEOJSON, HTML, JSON, OPENAPI, SCHEMA

FORMS = ("json", "html")


@dataclass
class Answer:
    """What a door says: an object for programs, and the template that shows it to people."""

    data: dict[str, Any]
    template: str
    media_type: str = JSON
    shown: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    # The same as JSON where that is put together already.
    body: bytes | None = None
    # What the data were read of, where that tells whether they have changed.
    version: Version | None = None
    # Whether it says when it was given; that is no part of what the ETag is made of.
    is_stamped: bool = False


View = Callable[..., Answer | HttpResponse]


def form_of(request: HttpRequest) -> str:
    """json or html: what `f` says, else what the reader likes better."""
    if "f" in request.GET:
        return request.GET["f"]
    liked = request.get_preferred_type([JSON, GEOJSON, SCHEMA, OPENAPI, HTML])
    return "html" if liked is not None and str(liked) == HTML else "json"


def refuse_others(request: HttpRequest, *own: str) -> None:
    """InvalidParameterError for parameters that this door does not know."""
    for name in request.GET:
        if name not in ("f", "lang", *own) and not is_dropped(name):
            raise InvalidParameterError(
                name[:80], f"Unknown parameter. Known: {', '.join(('f', 'lang', *own))}."
            )


def _language(request: HttpRequest) -> str:
    wished = request.GET.get("lang")
    if wished is None:
        return translation.get_language_from_request(request)
    if wished not in dict(settings.LANGUAGES):
        known = ", ".join(dict(settings.LANGUAGES))
        raise InvalidParameterError("lang", f"Came {wished[:20]!r}, expected one of: {known}.")
    return wished


def _page(request: HttpRequest, answer: Answer, language: str) -> HttpResponse:
    def there(code: str) -> str:
        data = request.GET.copy()
        data["lang"] = code
        return f"{request.path}?{data.urlencode()}"

    links = [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": there(code),
            "current": code == language,
        }
        for code, _name in settings.LANGUAGES
    ]
    context = {"data": answer.data, "language_links": links, **answer.shown}
    page = render(request, answer.template, context)
    page["Content-Language"] = language
    patch_vary_headers(page, ["Accept", "Accept-Language"])
    return page


def _told(request: HttpRequest, answer: Answer) -> HttpResponse:
    if answer.body is None:
        response: HttpResponse = JsonResponse(answer.data, content_type=answer.media_type)
    else:
        response = HttpResponse(answer.body, content_type=answer.media_type)
    told = of_version(request, response, answer.version) if answer.version else fresh(request, response)
    if answer.is_stamped and told.status_code == 200:
        now = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        told.content = b'{"timeStamp":"%b",' % now.encode() + told.content[1:]
    return told


def _answered(request: HttpRequest, view: View, kwargs: dict) -> HttpResponse:
    form = form_of(request)
    if form not in FORMS:
        return problem(406, f"Came {form[:40]!r}, expected json or html.", parameter="f")
    language = _language(request)
    if form == "json":
        found = view(request, form, **kwargs)
        if isinstance(found, HttpResponse):
            patch_vary_headers(found, ["Accept"])
            return found
        told = _told(request, found)
        patch_vary_headers(told, ["Accept"])
    else:
        with translation.override(language):
            request.LANGUAGE_CODE = language
            found = view(request, form, **kwargs)
            told = _page(request, found, language)
    for name, value in found.headers.items():
        told[name] = value
    return told


def door(view: View) -> Callable[..., HttpResponse]:
    """Open to everyone for reading."""

    @wraps(view)
    def answers(request: HttpRequest, **kwargs) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})
        return _answered(request, view, kwargs)

    return login_not_required(answers_problems(answers))
