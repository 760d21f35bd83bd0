"""Errors of the machine doors as problem+json (RFC 9457)."""

import re
from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.views import exception_handler

from geo.errors import BusyError, InvalidParameterError, NotYetError

CONTENT_TYPE = "application/problem+json"
# What lies below these is for programs.
MACHINE = (
    *("api", "tiles", "exports", "ogc", "feeds", "oembed", "vocabularies"),
    *(r"catalog\.ttl", r"catalog\.jsonld"),
    # Files of a date; the list of dates is a page.
    r"data/snapshots/[^/]+",
)
BELOW_MACHINE = re.compile(rf"/+(?:{'|'.join(MACHINE)})(?:/|$)")


def is_machine(request: HttpRequest) -> bool:
    """Whether a program asks, and so understands a problem better than a page."""
    return BELOW_MACHINE.match(request.path_info) is not None


def problem(
    status: int, detail: str, *, parameter: str | None = None, errors: list[dict] | None = None
) -> JsonResponse:
    """One problem: HTTP status, what was wrong, the parameter if one was, or each member of a body that was."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if parameter is not None:
        body["parameter"] = parameter
    if errors:
        body["errors"] = errors
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def answers_problems(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A machine door: bad parameters and missing things are answered as problem+json."""

    @wraps(view)
    def door(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            answer = problem(405, f"{request.method} is not possible here; expected GET or HEAD.")
            answer["Allow"] = "GET, HEAD, OPTIONS"
            return answer
        try:
            return view(request, *args, **kwargs)
        except InvalidParameterError as error:
            return problem(400, error.detail, parameter=error.parameter)
        except BusyError as error:
            answer = problem(503, error.detail)
            answer["Retry-After"] = str(error.seconds)
            return answer
        except NotYetError as error:
            return problem(409, str(error))
        except Http404 as error:
            return problem(404, str(error) or "There is nothing at this address.")

    return door


def drf_exception_handler(error: Exception, context: dict) -> HttpResponse | None:
    """Django REST framework's errors in the same shape."""
    if isinstance(error, InvalidParameterError):
        return problem(400, error.detail, parameter=error.parameter)
    answer = exception_handler(error, context)
    if answer is None:
        return None
    if isinstance(error, ValidationError):
        errors = list(_by_member(error.detail))
        told = "; ".join(f"{one['member']}: {one['detail']}" for one in errors)
        return problem(answer.status_code, told, parameter=errors[0]["member"], errors=errors)
    detail = str(error.detail) if isinstance(error, APIException) else str(error)
    shaped = problem(answer.status_code, detail or HTTPStatus(answer.status_code).description)
    for name, value in answer.headers.items():
        if name.lower() not in ("content-type", "content-length"):
            shaped[name] = value
    return shaped


def _by_member(detail: Any, path: str = "") -> Iterator[dict]:
    """Each error with the member of the body that it is about, `address.postcode`."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _by_member(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _by_member(inner, path)
    else:
        yield {"member": path, "detail": str(detail)}


@login_not_required
def no_such_door(request: HttpRequest) -> HttpResponse:
    """An address below a machine door's that leads nowhere."""
    return problem(404, "There is no door at this address.")
