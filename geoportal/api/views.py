"""`/api/schema/` for programs and `/api/docs/` for people."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from geo.errors import InvalidParameterError
from geo.lists import ReadingView
from geo.parameters import known_parameters
from geo.responses import fresh

from .doors import Door, doors
from .generator import ABOUT, Generator, addresses

FORMATS = {"json": OpenApiJsonRenderer, "yaml": OpenApiYamlRenderer}


class Negotiation(DefaultContentNegotiation):
    """`?format=` chooses before the Accept header does."""

    def select_renderer(self, request: Request, renderers, format_suffix=None):
        """The renderer that is named, else the one that is accepted."""
        name = request.query_params.get("format")
        if name in FORMATS:
            return FORMATS[name](), FORMATS[name].media_type
        return super().select_renderer(request, renderers, format_suffix)


class Schema(ReadingView):
    """OpenAPI 3.1 of everything under /api/."""

    content_negotiation_class = Negotiation
    renderer_classes = (OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer, OpenApiYamlRenderer2)

    def get(self, request: Request) -> HttpResponse:
        """As JSON or YAML."""
        known_parameters(request.query_params, ("format",))
        name = request.query_params.get("format")
        if name is not None and name not in FORMATS:
            raise InvalidParameterError("format", f"Expected one of: {', '.join(FORMATS)}.")
        answer = Response(Generator().get_schema(public=True))
        answer.accepted_renderer = request.accepted_renderer
        answer.accepted_media_type = request.accepted_media_type
        answer.renderer_context = self.get_renderer_context()
        return fresh(request, answer.render())


def _curl(url: str, door: Door) -> str:
    """A request that can be copied."""
    if not door.writes:
        return f'curl "{url}{door.example}"'
    lines = [
        f'curl -X {door.method.upper()} "{url}" \\',
        '  -H "Authorization: Bearer $TOKEN" \\',
        f'  -H "Content-Type: {next(iter(door.body))}" \\',
        f"  -d '{door.sends}'",
    ]
    return "\n".join(lines)


def docs(request: HttpRequest) -> HttpResponse:
    """Each door with its parameters and a request to copy; no script is needed."""
    known_parameters(request.GET)
    where = addresses()
    groups: dict[str, list[dict]] = {}
    for name, of_route in doors().items():
        for door in of_route:
            url = request.build_absolute_uri("/")[:-1] + where[name]
            told = {
                "anchor": f"{name}-{door.method}",
                "method": door.method.upper(),
                "address": where[name],
                "door": door,
                "media": ", ".join(door.answers),
                "curl": _curl(url, door),
            }
            groups.setdefault(door.tag, []).append(told)
    context = {"groups": list(groups.items()), "about": ABOUT.format(licence=settings.DATA_LICENCE)}
    return render(request, "geoportal/api_docs.html", context)
