"""What every request passes before anything else."""

from collections.abc import Callable

from django.contrib.auth import middleware as auth
from django.http import HttpRequest, HttpResponse
from django.middleware import gzip, locale
from django.urls import Resolver404, resolve
from django.utils import translation

from .problems import is_machine, problem


class GZipMiddleware(gzip.GZipMiddleware):
    """Django's, but a file that can be asked for in parts is sent as it lies."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Parts are counted in bytes of the file, and its sums are of them too."""
        if response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)


class RefuseNullBytes:
    """PostgreSQL cannot hold NUL in text; an address with one is answered 400 before it reaches a query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the path and the query string, decoded."""
        if "\x00" in request.path_info:
            return problem(400, "The address contains a NUL byte.", parameter="path")
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.META.get("QUERY_STRING", ""):
            named = [
                name
                for name, values in request.GET.lists()
                if "\x00" in name or any("\x00" in v for v in values)
            ]
            if named:
                return problem(400, "The value contains a NUL byte.", parameter=named[0].replace("\x00", ""))
        return self.get_response(request)


class ShortWay:
    """Doors that are asked thousands of times a second, or at each letter: no session, form or message concerns them.

    What they need of the middleware stands before this one: safe headers, compression, the look for NUL bytes.
    """

    doors = ("/tiles/", "/exports/", "/api/count")
    # Below the language of the page that asks.
    spoken = "/search/suggest/"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Straight to the door, in the language of its address, or in English as all machine doors."""
        language = self._language(request.path_info)
        if language is None:
            return self.get_response(request)
        with translation.override(language):
            return self._answer(request, language)

    def _language(self, path: str) -> str | None:
        if path.startswith(self.doors):
            return "en"
        return translation.get_language_from_path(path) if path.endswith(self.spoken) else None

    def _answer(self, request: HttpRequest, language: str) -> HttpResponse:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        request.resolver_match = match
        request.LANGUAGE_CODE = language
        # As CommonMiddleware does: a host that is not ours is refused.
        request.get_host()
        response = match.func(request, *match.args, **match.kwargs)
        if response.status_code == 200 and not response.streaming:
            # As CommonMiddleware does.
            response["Content-Length"] = str(len(response.content))
        return response


class LocaleMiddleware(locale.LocaleMiddleware):
    """Django's for pages; machine doors speak English to everyone, so that one answer serves every cache."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave out the wishes of the browser where a program asks."""
        if not is_machine(request):
            return super().__call__(request)
        with translation.override("en"):
            request.LANGUAGE_CODE = "en"
            return self.get_response(request)


class LoginRequiredMiddleware(auth.LoginRequiredMiddleware):
    """Django's, but it looks at the door before it looks who is there: that opens the session."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponse],
        view_args: tuple,
        view_kwargs: dict,
    ) -> HttpResponse | None:
        """Let everyone in where nobody need sign in."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
