"""What these pages share: a space that the reader may know of, and for whom it is to be run."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from .. import rules
from ..models import Space

TOO_MANY = 429


def space_of(request: HttpRequest, slug: str) -> Space:
    """The space of an address; a private one of others is not there, in the same words as none."""
    return get_object_or_404(Space.objects.visible_to(request.user), slug=slug)


def run_by(request: HttpRequest, slug: str, right: str = "run_space") -> Space:
    """One that the member runs or looks after."""
    found = space_of(request, slug)
    if not rules.may(request.user, right, found):
        raise PermissionDenied(f"{right} is not for this member.")
    return found


def handed_out(file: FieldFile, **how: Any) -> FileResponse:
    """A file of a space, after the view has found the space as the reader may know of it."""
    try:
        answer = FileResponse(file.open("rb"), **how)
    except FileNotFoundError as error:
        raise Http404("This file is gone.") from error
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
