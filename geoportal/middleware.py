"""What every request passes before anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .problems import problem


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
