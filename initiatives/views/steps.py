"""What the buttons inside a form do before it is sent: look up an address, add a language, preview."""

from collections.abc import Callable

from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest

from territories.geocoding import looking
from territories.geocoding.candidates import Address

from ..submitting.carrying import retyped, texts_of
from ..submitting.translating import MOST, rows_in

FIND, LANGUAGE, PREVIEW = "find", "language", "preview"
# As long as the fields of the form.
LENGTHS = {"street": 200, "postcode": 20, "locality": 120, "country": 2}


def step_of(request: HttpRequest) -> str:
    """The button that was pressed, if it was one that sends nothing yet."""
    step = request.POST.get("step", "") if request.method == "POST" else ""
    return step if step in (FIND, LANGUAGE, PREVIEW) else ""


def stepped(request: HttpRequest, make: Callable[..., forms.Form]) -> forms.Form:
    """The form again with what was typed; `make` takes how many further languages it has."""
    count = rows_in(request.POST)
    if step_of(request) == LANGUAGE:
        count = max(count, min(count + 1, MOST))
    return retyped(make(languages=count), request.POST)


def shown(request: HttpRequest) -> dict:
    """What a page of the form shows besides it."""
    step = step_of(request)
    # Found ones stay, to be chosen from, until the form is sent.
    looked = step == FIND or "looked" in request.POST
    return {
        "step": step,
        "found": _look_up(request) if looked else None,
        # A page cannot show a file that was chosen again.
        "has_lost_files": bool(request.FILES),
        "texts": texts_of(request.POST) if step == PREVIEW else None,
    }


def _look_up(request: HttpRequest) -> looking.Found:
    address = Address(**{name: request.POST.get(name, "").strip()[:most] for name, most in LENGTHS.items()})
    return looking.find(address, may_ask=ratelimit.consume(request, action="find_address"))
