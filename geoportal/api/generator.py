"""The description of the API as OpenAPI 3.1, made of the routes and of what doors.py says of each."""

from typing import Any

from django.conf import settings
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.plumbing import normalize_result_object, sanitize_result_object

from .campaign_parts import ALL as SCHEMAS
from .doors import Door, Parameter, doors
from .parts import TEXT, ref

PROBLEM = {"application/problem+json": {"schema": ref("Problem")}}
WORDS = {
    301: "It lives on elsewhere.",
    304: "What you have is still right.",
    400: "A parameter or member is wrong.",
    401: "Nobody is named.",
    403: "You may not.",
    404: "There is nothing here that everyone may see.",
    406: "Not in the format that Accept asks for.",
    409: "The workflow has no such step from here.",
    410: "It is gone.",
    412: "Somebody wrote in between.",
    413: "Too large.",
    415: "Not a format that is read.",
    429: "Too often; Retry-After says when again.",
}
ABOUT = (
    "Reading needs no account and no key. Changes are made with an access token of a member. "
    "The whole is under {licence}; single records may keep the licence of their source. "
    "RateLimit-Limit, RateLimit-Remaining and RateLimit-Reset tell how many requests are left for how many seconds."
)


def addresses() -> dict[str, str]:
    """The address of each route by its name, as OpenAPI writes it."""
    found = {}
    for route in get_resolver().url_patterns:
        name = getattr(route, "name", None)
        text = str(route.pattern)
        if name and text.startswith("api/"):
            found[name] = "/" + _plain(text)
    return found


def _plain(text: str) -> str:
    """`<uuid:name>` as `{name}`."""
    parts = text.split("<")
    return parts[0] + "".join(
        "{" + part.split(">")[0].split(":")[-1] + "}" + part.split(">", 1)[1] for part in parts[1:]
    )


def _parameter(one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "in": one.place,
        "description": one.about,
        "required": one.place == "path",
        "schema": one.schema,
    }


def _refusal(status: int) -> dict[str, Any]:
    told: dict[str, Any] = {"description": WORDS[status]}
    if status >= 400:
        told["content"] = PROBLEM
    if status == 301:
        told["headers"] = {"Location": {"schema": TEXT}}
    return told


def operation(name: str, door: Door) -> dict[str, Any]:
    """One method of one address."""
    content = {media: {"schema": schema} for media, schema in door.answers.items()}
    statuses = [*door.refusals, *([304] if door.is_conditional and not door.writes else [])]
    told = {
        "operationId": f"{name}_{door.method}",
        "tags": [door.tag],
        "summary": door.about,
        "description": door.more,
        "parameters": [_parameter(one) for one in door.takes],
        "responses": {
            str(door.status): {"description": door.about, "content": content},
            **{str(status): _refusal(status) for status in sorted(statuses)},
        },
    }
    if door.writes:
        told["security"] = [{"token": []}, {"session": []}]
        body = {media: {"schema": schema} for media, schema in door.body.items()}
        told["requestBody"] = {"content": body, "required": True}
    return told


class Generator(SchemaGenerator):
    """drf-spectacular's, with the operations that doors.py tells of."""

    def get_schema(self, request=None, public: bool = False) -> dict[str, Any]:
        """All of it; KeyError for a route below /api/ that nobody described."""
        known, where = doors(), addresses()
        paths = {
            where[name]: {door.method: operation(name, door) for door in of_route}
            for name, of_route in known.items()
        }
        described = {
            "openapi": settings.SPECTACULAR_SETTINGS["OAS_VERSION"],
            "info": {
                "title": settings.SITE_NAME,
                "version": settings.SPECTACULAR_SETTINGS["VERSION"],
                "description": ABOUT.format(licence=settings.DATA_LICENCE),
                "license": {"name": settings.DATA_LICENCE, "identifier": settings.DATA_LICENCE},
            },
            "servers": [{"url": settings.SITE_URL}],
            "paths": paths,
            "components": {
                "schemas": SCHEMAS,
                "securitySchemes": {
                    "token": {"type": "http", "scheme": "bearer"},
                    "session": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
                },
            },
        }
        return sanitize_result_object(normalize_result_object(described))
