"""What these pages share: a group that the reader may know of, and for whom it is to be run."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from .. import rules
from ..models import Group

TOO_MANY = 429


def group_of(request: HttpRequest, slug: str) -> Group:
    """The group of an address; a private one of others is not there, in the same words as none."""
    rows = Group.objects.visible_to(request.user).select_related("territory", "collective")
    if request.method != "POST":
        rows = rows.read_by(request.user)
    return get_object_or_404(rows.defer("territory__boundary", "collective__perimeter"), slug=slug)


def run_by(request: HttpRequest, slug: str, right: str = "run_group") -> Group:
    """One that the member runs or looks after."""
    found = group_of(request, slug)
    if not rules.may(request.user, right, found):
        raise PermissionDenied(f"{right} is not for this member.")
    return found
