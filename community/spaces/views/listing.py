"""The members of a space."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ...inviting.views.members import members_page
from .. import rules
from .people import PEOPLE
from .shared import space_of


@never_cache
@login_not_required
@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who belongs to a space: all of them for its members, for others those who show their name to everyone."""
    space = space_of(request, slug)
    sees_all = rules.may(request.user, "see_space_members", space)
    return members_page(request, PEOPLE, space, template="community/spaces/members.html", sees_all=sees_all)
