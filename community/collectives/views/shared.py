"""What these pages share."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from territories.models import Collective

from .. import rules

# Handing in, inviting and claiming send mails to whom somebody names.
TOO_MANY = 429


def collective_of(slug: str) -> Collective:
    """The collective of an address, whatever its status."""
    rows = Collective.objects.select_related("territory").defer("perimeter", "territory__boundary")
    return get_object_or_404(rows, slug=slug)


def run_by(request: HttpRequest, slug: str) -> Collective:
    """One that the member runs or looks after; to others a draft is not there, and what is published not open."""
    found = collective_of(slug)
    if not request.user.has_perm("community.run_collective", found):
        if not rules.is_published(request.user, found):
            raise Http404("There is no such collective.")
        raise PermissionDenied("Running this collective is not for this member.")
    return found
