"""Doors of the stream: the page, and Atom."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from geo.errors import InvalidParameterError
from geo.parameters import is_dropped, known_parameters
from geo.responses import fresh

from ..describing_data.atom import MEDIA_TYPE
from . import feed
from .forms import StreamForm
from .reading import Cursor, stream

CURSOR = "cursor"
NAMES = (*StreamForm.base_fields, CURSOR)
NO_CURSOR = "Expected the cursor of a next link."


def _cursor(request: HttpRequest) -> Cursor | None:
    """Where the page begins; ValueError."""
    text = request.GET.get(CURSOR, "")
    return Cursor.parse(text) if text else None


@never_cache
@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What happened, by day; 400 where a filter means nothing that the reader may know of."""
    form = StreamForm(request.GET, reader=request.user)
    try:
        after = _cursor(request)
    except ValueError:
        after = None
        form.add_error(None, _("This page is not there: begin with the newest."))
    is_right = form.is_valid()
    found = stream(request.user, after=after, **form.chosen) if is_right else None
    chosen = form.chosen if is_right else {}
    is_private = "group" in chosen and chosen["group"].is_private
    context = {
        "form": form,
        "lines": found.lines if found else [],
        "chosen": chosen,
        "is_later": after is not None,
        "query": form.query if is_right else "",
        "older": _older(form.query, found.following) if found and found.following else "",
        "has_feed": is_right and not is_private,
        "unknown_parameters": [n for n in request.GET if n not in (*NAMES, "lang") and not is_dropped(n)],
    }
    return render(request, "initiatives/activity/stream.html", context, status=200 if is_right else 400)


def _older(query: str, following: Cursor) -> str:
    return "&".join(part for part in (query, urlencode({CURSOR: following})) if part)


def atom(request: HttpRequest) -> HttpResponse:
    """The stream as Atom: for everyone, whoever asks."""
    known_parameters(request.GET, NAMES)
    form = StreamForm(request.GET, reader=AnonymousUser(), takes_names=False)
    for name in form.fields:
        if name in request.GET and not request.GET[name].strip():
            raise InvalidParameterError(name, _("Empty; leave the parameter out or give a value."))
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise InvalidParameterError(name, " ".join(errors))
    try:
        after = _cursor(request)
    except ValueError as error:
        raise InvalidParameterError(CURSOR, NO_CURSOR) from error
    body = feed.atom(stream(AnonymousUser(), after=after, **form.chosen), form.query, after)
    return fresh(request, HttpResponse(body, content_type=MEDIA_TYPE))
